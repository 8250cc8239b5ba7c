"""Who submits and acts: projections/agency_directory/README.md.

Rights follow the order in which they were recorded: what was revoked or suspended last counts. Facts count from the day
on which they are known to hold.
"""

from days import parse_day
from history import of_aggregate


class Agency:
    """An agency as told by facts of its stream, in the order in which they were recorded."""

    def __init__(self, facts):
        self.established, self.named = False, None
        self.name = self.electronic_id = self.unit_id = self.status = ""
        self.status_since = {}
        for fact in facts:
            self.take(fact)

    def take(self, fact):
        if fact.kind == "agencyRenamed":
            # What is told later holds later, unless it is known to lie before.
            if fact.known >= self.named.earliest:
                self.name, self.named = fact.body["name"], fact
            return
        self.status_since = fact.occurred_on
        if fact.kind == "agencyEstablished":
            self.established, self.named = True, fact
            self.name, self.unit_id = fact.body["name"], fact.body.get("unitId", "")
            self.electronic_id = fact.body.get("electronicId", "")
        self.status = {"agencyEstablished": "AGENCY_STATUS_ESTABLISHED", "agencySuspended": "AGENCY_STATUS_SUSPENDED",
                       "agencyResumed": "AGENCY_STATUS_ESTABLISHED", "agencyClosed": "AGENCY_STATUS_CLOSED"}[fact.kind]

    def ref(self, agency_id):
        return {"agencyId": agency_id, "electronicId": self.electronic_id, "nameAtEvent": self.name}


# Kind of the fact -> (what it is about, field with its id, what becomes of it)
STANDINGS = {
    "grantRevoked": ("grants", "grantId", "revoked"), "grantSuspended": ("grants", "grantId", "suspended"),
    "grantResumed": ("grants", "grantId", "holds"), "credentialRevoked": ("credentials", "credentialId", "revoked"),
    "credentialSuspended": ("credentials", "credentialId", "suspended"),
    "credentialResumed": ("credentials", "credentialId", "holds"),
    "delegationRevoked": ("delegations", "delegationId", "revoked"),
}
GIFTS = {"roleGranted": ("grants", "grantId"), "credentialIssued": ("credentials", "credentialId"),
         "authorityDelegated": ("delegations", "delegationId")}


class Actor:
    """A person or system: terms and standing of grants, credentials and delegations by id."""

    def __init__(self, facts):
        self.agency_id = self.kind = self.title = ""
        self.grants, self.credentials, self.delegations = {}, {}, {}
        for fact in facts:
            self.take(fact.kind, fact.body)

    def take(self, kind, body):
        if kind == "actorRegistered":
            self.agency_id, self.kind, self.title = body["agencyId"], body["kind"], body["title"]
        elif kind in GIFTS:
            what, field = GIFTS[kind]
            getattr(self, what)[body[field]] = [body, "holds"]
        else:
            what, field, standing = STANDINGS[kind]
            if body[field] in getattr(self, what):
                getattr(self, what)[body[field]][1] = standing

    @staticmethod
    def not_over(gifts, day):
        """(id, terms, standing) of what is not revoked and whose last day has not passed, in order of ids."""
        for gift_id, (terms, standing) in sorted(gifts.items()):
            if standing != "revoked" and (not terms.get("validTo") or day < parse_day(terms["validTo"])):
                yield gift_id, terms, standing


def readable(moment, name):
    """Facts of a stream on the day; none where one of those in force is above what the asker may read."""
    stream = moment.streams.get(name)
    if stream is None or any(moment.rank(fact) > moment.reads for fact in stream.facts):
        return []
    return stream.told_by(moment.day)


def agency_named(moment, agency_id):
    """AgencyRef of the day, as far as the asker may read it."""
    return Agency(readable(moment, f"agency/{agency_id}")).ref(agency_id)


def keeper_named(moment, agency_id):
    """AgencyRef of the day for whoever may read what it keeps: names of agencies that act are no secret there."""
    return Agency(moment.streams[f"agency/{agency_id}"].told_by(moment.day)).ref(agency_id)


def list_agencies(moment, asked):
    entries = []
    for agency_id, stream in of_aggregate(moment.streams, "agency"):
        agency = Agency(readable(moment, f"agency/{agency_id}"))
        if agency.established and asked.get("id", agency_id) == agency_id:
            entries.append({
                "agency": agency.ref(agency_id), "revision": str(stream.revision),
                "unit": moment.map.ref(agency.unit_id, moment.day) if agency.unit_id else {},
                "status": agency.status, "statusSince": agency.status_since,
                "actors": [entry for entry in actors_of(moment, agency_id)]})
    return {"agencies": entries}


def actors_of(moment, agency_id):
    for actor_id, stream in of_aggregate(moment.streams, "actor"):
        actor = Actor(readable(moment, f"actor/{actor_id}"))
        if actor.agency_id != agency_id:
            continue
        credentials = list(Actor.not_over(actor.credentials, moment.day))
        yield {
            "actorId": actor_id, "kind": actor.kind, "title": actor.title, "revision": str(stream.revision),
            "grants": [grant_entry(*grant) for grant in Actor.not_over(actor.grants, moment.day)],
            "credentialIds": [key for key, _, standing in credentials if standing == "holds"],
            "suspendedCredentialIds": [key for key, _, standing in credentials if standing == "suspended"],
            "delegations": [delegation_entry(moment, key, terms)
                            for key, terms, _ in Actor.not_over(actor.delegations, moment.day)]}


def grant_entry(grant_id, terms, standing):
    return {"grantId": grant_id, "role": terms["role"], "scopeUnitId": terms.get("scopeUnitId", ""),
            "readsUpTo": terms["readsUpTo"], "validTo": terms.get("validTo", ""),
            "suspended": standing == "suspended"}


def delegation_entry(moment, delegation_id, terms):
    """Title and agency of the principal are those of the day."""
    acting_for = {"delegationId": delegation_id, "form": terms["form"], "document": terms["document"]}
    agency_id = terms.get("principalAgencyId", "")
    principal_id = terms.get("principalActorId", "")
    if principal_id:
        principal = Actor(readable(moment, f"actor/{principal_id}"))
        acting_for.update(principalActorId=principal_id, principalTitle=principal.title)
        agency_id = principal.agency_id
    acting_for["principalAgency"] = agency_named(moment, agency_id)
    return {"actingFor": acting_for, "commands": terms.get("commands", []), "roles": terms.get("roles", []),
            "scopeUnitId": terms.get("scopeUnitId", ""), "validTo": terms.get("validTo", "")}
