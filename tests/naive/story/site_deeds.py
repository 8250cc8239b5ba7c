"""What is done with sites."""


def particulars(tale):
    made = {}
    if tale.often(0.6):
        made["scale"] = [tale.quantity()]
    if tale.often(0.6):
        made["valueChainStage"] = "VALUE_CHAIN_STAGE_" + tale.random.choice(("PRODUCTION", "PROCESSING"))
    if tale.often(0.6):
        certificate = {"kind": "CERTIFICATE_KIND_" + tale.random.choice(("VIETGAP", "OCOP"))}
        if tale.often(0.6):
            certificate["validFrom"] = tale.day(-300, 0)
        if tale.often(0.6):
            certificate["validTo"] = tale.day(1, 300)
        made["certificates"] = [certificate]
    return made


def description(tale):
    made = {"name": f"Điểm {tale.random.randint(1, 10**6)}", "unitId": tale.random.choice(tale.units),
            "modelId": tale.random.choice(list(tale.models) or [tale.ulid()]),
            "origin": {"kind": tale.random.choice(("KIND_ORIGINAL", "KIND_REPLICATION"))}}
    if tale.often(0.4):
        made["owner"] = {"subjectId": tale.ulid()}
    if tale.often(0.5):
        made["particulars"] = particulars(tale)
    return made


def start(tale):
    site_id, body = tale.ulid(), {"description": description(tale)}
    accepted = tale.send(tale.one_with("commune-officer"), {"startSite": {"siteId": site_id, **body}})
    if tale.remember(accepted, "siteStarted", body):
        tale.sites[site_id] = []


def record_from_document(tale):
    site_id = tale.ulid()
    status = tale.random.choice(("OPERATING", "OPERATING", "FUNDING_ENDED", "STOPPED"))
    body = {"description": description(tale), "statedStatus": "SITE_STATUS_" + status}
    accepted = tale.send(tale.one_with("commune-officer"), {"recordSiteFromDocument": {"siteId": site_id, **body}},
                         channel="INGEST_CHANNEL_MIGRATION", sources=[tale.source()])
    if tale.remember(accepted, "siteRecordedFromDocument", body):
        tale.sites[site_id] = []


def inspection(tale, reports):
    result = tale.random.choice(("CONFIRMED",) * 4 + ("DEFICIENCIES", "NOT_FOUND"))
    level, role = tale.random.choice((("COMMUNE_CONFIRMED", "commune-leader"),
                                      ("DEPARTMENT_VERIFIED", "department-specialist"),
                                      ("INSPECTED", "department-specialist")))
    body = {"level": "VERIFICATION_LEVEL_" + level, "result": "INSPECTION_RESULT_" + result, "note": "đã xem"}
    if result == "CONFIRMED" and reports and tale.often(0.7):
        body["confirmedReportId"] = tale.random.choice(reports)
    return "inspectSite", "siteInspected", body, (role,)


def step_of(tale, what, reports):
    """Command, fact, its body, and who may."""
    if what == "report":
        body = {"outputs": [tale.quantity()], "note": "kết quả"}
        return "recordSiteOutput", "siteOutputReported", body, ("commune-officer",)
    if what == "inspect":
        return inspection(tale, reports)
    if what == "end funding":
        return "endFunding", "siteFundingEnded", {"note": "hết"}, ("commune-leader",)
    if what == "transfer":
        unit, owner = {"toUnitId": tale.random.choice(tale.units)}, {"toOwner": {"subjectId": tale.ulid()}}
        body = tale.random.choice((unit, owner, {**unit, **owner}))
        return "transferSite", "siteTransferred", body, ("commune-leader", "provincial-office")
    if what == "revise":
        body = {"name": f"Điểm {tale.random.randint(1, 10**6)}"}
        if tale.often(0.6):
            body["particulars"] = particulars(tale)
        return "reviseDescription", "siteDescriptionRevised", body, ("commune-officer",)
    return ("stopSite", "siteStopped", {"stopReason": "SITE_STOP_REASON_COMPLETED", "note": "xong"},
            ("commune-leader",))


def step(tale):
    if not tale.sites:
        return
    site_id = tale.random.choice(list(tale.sites)[-40:])
    what = tale.random.choice(("report",) * 4 + ("inspect",) * 3 + ("end funding", "transfer", "transfer", "revise",
                                                                     "stop"))
    command, kind, body, roles = step_of(tale, what, tale.sites[site_id])
    accepted = tale.send(tale.one_with(*roles), {command: {"siteId": site_id, **body}})
    if tale.remember(accepted, kind, body) and what == "report":
        tale.sites[site_id].append(accepted["events"][0]["eventId"])
