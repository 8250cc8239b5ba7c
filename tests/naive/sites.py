"""Where models are carried out, and what comes out: projections/sites/README.md."""

from days import parse_day
from history import of_aggregate

LEVELS = ["VERIFICATION_LEVEL_SELF_REPORTED", "VERIFICATION_LEVEL_COMMUNE_CONFIRMED",
          "VERIFICATION_LEVEL_DEPARTMENT_VERIFIED", "VERIFICATION_LEVEL_INSPECTED"]
BEGIN = ("siteStarted", "siteRecordedFromDocument")


def status_set_by(fact):
    if fact.kind == "siteRecordedFromDocument":
        return fact.body["statedStatus"]
    if fact.kind == "siteInspected":
        return "SITE_STATUS_INVALIDATED" if fact.body["result"] == "INSPECTION_RESULT_NOT_FOUND" else ""
    return {"siteStarted": "SITE_STATUS_OPERATING", "siteFundingEnded": "SITE_STATUS_FUNDING_ENDED",
            "siteStopped": "SITE_STATUS_STOPPED"}.get(fact.kind, "")


class Site:
    """A site on the day of a moment; `begun` is None where there is none by then, or none for the asker."""

    def __init__(self, moment, stream):
        self.moment = moment
        self.begun = self.changed = self.funding_ended = self.inspected = None
        self.described = {}  # part of the description -> the fact that says it
        self.description, self.unit, self.status = {}, {}, ""
        self.level, self.report_levels, self.reports = 0, {}, []
        for fact in stream.held_on(moment.day):
            self.take(fact)

    def take(self, fact):
        body = fact.body
        if fact.kind in BEGIN:
            self.begun = fact
            self.description = dict(body["description"])
            self.described = dict.fromkeys(("name", "unit", "owner"), fact)
            self.place(self.description["unitId"], fact)
        elif fact.kind == "siteDescriptionRevised":
            self.description.update(name=body["name"], particulars=body.get("particulars", {}))
            self.described["name"] = fact
        elif fact.kind == "siteTransferred":
            if body.get("toUnitId"):
                self.described["unit"] = fact
                self.description["unitId"] = body["toUnitId"]
                self.place(body["toUnitId"], fact)
            if "toOwner" in body:
                self.described["owner"] = fact
                self.description["owner"] = body["toOwner"]
        elif fact.kind == "siteOutputReported" and self.readable(fact):
            self.reports.append(fact)
        elif fact.kind == "siteInspected" and self.readable(fact):
            self.inspect(fact)
        if status_set_by(fact):
            self.changed, self.status = fact, status_set_by(fact)
        if self.status == "SITE_STATUS_FUNDING_ENDED" and self.changed is fact and self.readable(fact):
            self.funding_ended = fact

    def readable(self, fact):
        return self.moment.rank(fact) <= self.moment.reads

    def place(self, unit_id, fact):
        self.unit = fact.unit if fact.unit.get("unitId") == unit_id else {"unitId": unit_id}

    def inspect(self, fact):
        self.inspected = fact
        if fact.body["result"] != "INSPECTION_RESULT_CONFIRMED":
            return
        level = LEVELS.index(fact.body["level"])
        self.level = max(self.level, level)
        report = fact.body.get("confirmedReportId")
        if report:
            self.report_levels[report] = max(self.report_levels.get(report, 0), level)

    def shown(self):
        if self.begun is None:
            return False
        return all(self.readable(fact) for fact in (self.begun, self.changed, *self.described.values()))


def summary(moment, site_id, stream, site):
    """SiteSummary of query_service.proto."""
    report = site.reports[-1] if site.reports else None
    inspected = site.inspected
    return {
        "siteId": site_id, "description": site.description, "status": site.status,
        "unit": moment.map.ref(site.unit["unitId"], moment.day, site.unit),
        "statusSince": site.changed.occurred_on, "beganOn": site.begun.occurred_on, "agency": site.begun.agency,
        "fromDocument": site.begun.from_document, "revision": str(stream.revision),
        "outputs": report.body["outputs"] if report else [],
        "verificationLevel": LEVELS[site.level],
        "outputsLevel": LEVELS[site.report_levels.get(report.event_id, 0)] if report else "",
        "fundingEndedOn": site.funding_ended.occurred_on if site.funding_ended else {},
        "lastInspection": {"on": inspected.occurred_on, "level": inspected.body["level"],
                           "result": inspected.body["result"]} if inspected else {}}


def certified(moment, description, kind):
    """With a certificate of this kind that is valid on the day."""
    for certificate in description.get("particulars", {}).get("certificates", []):
        first, last = certificate.get("validFrom"), certificate.get("validTo")
        if certificate["kind"] == kind and (not first or parse_day(first) <= moment.day) \
                and (not last or moment.day <= parse_day(last)):
            return True
    return False


def matches(moment, shown, asked):
    description = shown["description"]
    wanted = [("id", shown["siteId"]), ("model", description["modelId"]), ("status", shown["status"]),
              ("stage", description.get("particulars", {}).get("valueChainStage", ""))]
    if any(asked.get(name) and asked[name] != value for name, value in wanted):
        return False
    if asked.get("verified") and LEVELS.index(shown["verificationLevel"]) < LEVELS.index(asked["verified"]):
        return False
    if asked.get("certificate") and not certified(moment, description, asked["certificate"]):
        return False
    return moment.map.within(description["unitId"], asked.get("unit", ""), moment.day)


def list_sites(moment, asked):
    shown = []
    for site_id, stream in of_aggregate(moment.streams, "site"):
        site = Site(moment, stream)
        if site.shown():
            entry = summary(moment, site_id, stream, site)
            if matches(moment, entry, asked):
                shown.append(entry)
    units = {entry["unit"]["unitId"] for entry in shown}
    return {"sites": shown, "total": str(len(shown)), "units": str(len(units))}
