"""What administrators and keepers of the map do, and what is regretted later."""

import base64
import copy

from model_deeds import definition
from site_deeds import description

CODES = (10000, 10030)  # few, so that they change their owners


def change_map(tale):
    what = tale.random.choice(("establish", "establish", "rename", "rename", "retype", "reparent", "code", "code",
                               "retire", "abolish")) if tale.own_units else "establish"
    unit_id = tale.ulid() if what == "establish" else tale.random.choice(tale.own_units)
    command, kind, body = map_deed(tale, what)
    accepted = tale.send("administrator", {command: {"unitId": unit_id, **body}})
    if tale.remember(accepted, kind, body) and what == "establish":
        tale.own_units.append(unit_id)
        tale.units.append(unit_id)


def map_deed(tale, what):
    choice, code = tale.random.choice, str(tale.random.randint(*CODES))
    if what == "establish":
        level, kind = choice((("COMMUNE", "RURAL_COMMUNE"), ("COMMUNE", "WARD"), ("VILLAGE", "VILLAGE")))
        body = {"name": f"Đơn vị {tale.random.randint(1, 999)}", "level": "UNIT_LEVEL_" + level,
                "type": "UNIT_TYPE_" + kind, "parentUnitId": tale.scope if tale.often(0.6) else choice(tale.units)}
        return "establishUnit", "unitEstablished", {**body, **({"code": code} if tale.often(0.5) else {})}
    if what == "rename":
        return "renameUnit", "unitRenamed", {"name": f"Tên mới {tale.random.randint(1, 999)}"}
    if what == "retype":
        return "retypeUnit", "unitRetyped", {"type": "UNIT_TYPE_" + choice(("WARD", "TOWNSHIP", "RURAL_COMMUNE")),
                                             "name": f"Phường {tale.random.randint(1, 999)}"}
    if what == "reparent":
        return "reparentUnit", "unitReparented", {"parentUnitId": choice([tale.scope, *tale.units])}
    if what == "code":
        body = {"code": code, "validFrom": tale.day(-60, 60)}
        return "assignUnitCode", "unitCodeAssigned", {**body, **({"validTo": tale.day(61, 160)} if tale.often(0.4)
                                                                 else {})}
    if what == "retire":
        return "retireUnitCode", "unitCodeRetired", {"code": code, "validTo": tale.day(-30, 60)}
    return "abolishUnit", "unitAbolished", {}


def rename_agency(tale):
    name = tale.random.choice(list(tale.agencies))
    body = {"name": f"{name} {tale.random.randint(1, 99)}"}
    accepted = tale.send("administrator", {"renameAgency": {"agencyId": tale.agencies[name], **body}})
    tale.remember(accepted, "agencyRenamed", body)


def agency_that_comes_and_goes(tale):
    agency_id = tale.ulid()
    tale.send("administrator", {"establishAgency": {
        "agencyId": agency_id, "name": f"tạm {tale.random.randint(1, 99)}", "unitId": tale.random.choice(tale.units),
        "electronicId": f"H{tale.random.randint(1, 10**6)}"}})
    deeds = ("suspendAgency", "resumeAgency", "renameAgency", "closeAgency")
    for command in tale.random.sample(deeds, tale.random.randint(1, len(deeds))):
        name = {"name": f"mới {tale.random.randint(1, 99)}"} if command == "renameAgency" else {}
        tale.send("administrator", {command: {"agencyId": agency_id, **name}})


def actor_with_rights(tale):
    actor_id = tale.ulid()
    body = {"agencyId": tale.random.choice(list(tale.agencies.values())), "kind": "ACTOR_KIND_PERSON",
            "title": "chuyên viên", "subject": {"subjectId": tale.ulid()}}
    tale.remember(tale.send("administrator", {"registerActor": {"actorId": actor_id, **body}}), "actorRegistered", body)
    for _ in range(tale.random.randint(0, 6)):
        tale.random.choice((give_grant, change_grant, give_credential, change_credential))(tale, actor_id)


def give_grant(tale, actor_id):
    body = {"grantId": tale.ulid(), "role": "ROLE_" + tale.random.choice(("COMMUNE_OFFICER", "AUDITOR")),
            "readsUpTo": "CLASSIFICATION_INTERNAL"}
    if tale.often(0.5):
        body["scopeUnitId"] = tale.random.choice(tale.units)
    if tale.often(0.5):
        body["validTo"] = tale.day(1, 100)
    if tale.remember(tale.send("administrator", {"grantRole": {"actorId": actor_id, **body}}), "roleGranted", body):
        tale.grants.setdefault(actor_id, []).append(body["grantId"])


def change_grant(tale, actor_id):
    command = tale.random.choice(("revokeGrant", "suspendGrant", "suspendGrant", "resumeGrant"))
    grant_id = tale.random.choice(tale.grants.get(actor_id) or [tale.ulid()])
    tale.send("administrator", {command: {"actorId": actor_id, "grantId": grant_id}})


def give_credential(tale, actor_id):
    body = {"credentialId": tale.ulid(), "tokenSha256": base64.b64encode(tale.random.randbytes(32)).decode()}
    if tale.send("administrator", {"issueCredential": {"actorId": actor_id, **body}}):
        tale.credentials.setdefault(actor_id, []).append(body["credentialId"])


def change_credential(tale, actor_id):
    command = tale.random.choice(("revokeCredential", "suspendCredential", "suspendCredential", "resumeCredential"))
    credential_id = tale.random.choice(tale.credentials.get(actor_id) or [tale.ulid()])
    tale.send("administrator", {command: {"actorId": actor_id, "credentialId": credential_id}})


def deputise(tale):
    """Somebody signs for the authority, and approves under it."""
    terms = {"delegationId": tale.ulid(), "form": "DELEGATION_FORM_KT",
             "principalActorId": tale.people["authority"].actor_id, "document": tale.source()}
    if not delegate(tale, "office", terms):
        return
    for model_id in [model_id for model_id, status in tale.models.items() if status == "SCREENED"][:2]:
        if tale.send("office", {"approvePilot": {"modelId": model_id}}, delegationId=terms["delegationId"]):
            tale.models[model_id] = "PILOTING"
    end_delegation(tale, "office", terms)


def act_for_agency(tale):
    """Somebody registers models on behalf of another agency."""
    agency = tale.random.choice(("commune-a", "office"))
    terms = {"delegationId": tale.ulid(), "form": "DELEGATION_FORM_TUQ", "principalAgencyId": tale.agencies[agency],
             "roles": ["ROLE_COMMUNE_OFFICER"], "validTo": tale.day(5, 300), "document": tale.source()}
    if not delegate(tale, "officer-b", terms):
        return
    for _ in range(2):
        model_id, body = tale.ulid(), {"definition": definition(tale)}
        accepted = tale.send("officer-b", {"registerModel": {"modelId": model_id, **body}},
                             delegationId=terms["delegationId"])
        if tale.remember(accepted, "modelRegistered", body):
            tale.models[model_id] = "DRAFT"
    end_delegation(tale, "officer-b", terms)


def delegate(tale, name, terms):
    accepted = tale.send("administrator",
                         {"delegateAuthority": {"actorId": tale.people[name].actor_id, **terms}},
                         occurredOn={"value": tale.now.date().isoformat(), "precision": "DATE_PRECISION_DAY"})
    return tale.remember(accepted, "authorityDelegated", terms)


def end_delegation(tale, name, terms):
    if tale.often(0.4):
        tale.send("administrator", {"revokeDelegation": {"actorId": tale.people[name].actor_id,
                                                         "delegationId": terms["delegationId"]}})


def changed(tale, kind, body):
    """The fact as it should have been."""
    choice, body = tale.random.choice, copy.deepcopy(body)
    if "definition" in body:
        body["definition"] = definition(tale, with_unit="unitId" in body["definition"])
    if "description" in body:
        model_id = body["description"]["modelId"]
        body["description"] = description(tale)
        if tale.often(0.7):
            body["description"]["modelId"] = model_id
    if kind == "modelRecordedFromDocument":
        body["statedStatus"] = "MODEL_STATUS_" + choice(("ACTIVE", "CLOSED", "PILOTING"))
    if kind == "siteRecordedFromDocument":
        body["statedStatus"] = "SITE_STATUS_" + choice(("OPERATING", "STOPPED"))
    if "figure" in body:
        body["figure"].update(quantity=tale.quantity("mô hình"), unitId=choice(tale.units))
    if "outputs" in body:
        body["outputs"] = [tale.quantity()]
    if kind == "siteInspected":
        body["level"] = choice((body["level"], "VERIFICATION_LEVEL_INSPECTED"))
    for field, values in (("toUnitId", tale.units), ("toAgencyId", list(tale.agencies.values())),
                          ("name", [f"Tên đúng {tale.random.randint(1, 999)}"]), ("note", ["đã sửa"])):
        if field in body:
            body[field] = choice(values)
    return body


def corrector(tale, kind):
    if kind.startswith(("unit", "agency", "actor", "role", "authority")):
        return "administrator"
    return "office" if tale.often(0.8) else tale.one_with("commune-officer", "competent-authority")


def correct(tale):
    if not tale.facts:
        return
    fact = tale.random.choice(tale.facts)
    stream, event_id, kind, body = fact
    right = changed(tale, kind, body)
    correction = {"stream": stream, "eventId": event_id, "replacement": {kind: right}}
    if tale.often(0.5):
        correction["occurredOn"] = tale.date()
    more = {}
    if kind in ("modelRecordedFromDocument", "siteRecordedFromDocument", "countedFigureRecorded"):
        more = {"sources": [tale.source()], "channel": "INGEST_CHANNEL_MIGRATION"}
    if kind == "countedFigureRecorded":
        more["period"] = {"scheme": "SCHEME_PHASE", "id": "2016-2020", "from": "2016-01-01", "to": "2020-12-31"}
    if kind == "modelTransferred":
        more = {"sources": [tale.source()]}
    if tale.send(corrector(tale, kind), {"correctFact": correction}, **more):
        fact[3] = right


def annul(tale):
    if not tale.facts:
        return
    fact = tale.random.choice(tale.facts)
    stream, event_id, kind, _ = fact
    if tale.send(corrector(tale, kind), {"annulFact": {"stream": stream, "eventId": event_id}}):
        tale.facts.remove(fact)
