"""Models with definition and status through time: projections/model_list/README.md."""

from collections import Counter

from agencies import keeper_named
from days import year_key
from history import of_aggregate

BEGIN = ("modelRegistered", "modelRecordedFromDocument")
STATUS = {
    "modelRegistered": "DRAFT", "modelSubmitted": "SUBMITTED", "modelReturned": "DRAFT", "modelScreened": "SCREENED",
    "modelPilotApproved": "PILOTING", "modelClosed": "CLOSED", "modelMergedAsDuplicate": "MERGED",
    "modelRejected": "REJECTED", "modelSuspended": "SUSPENDED",
}


def status_set_by(fact):
    """The status that a fact brings; empty: none of its own."""
    if fact.kind == "modelRecordedFromDocument":
        return fact.body["statedStatus"]
    if fact.kind == "modelReclassified":
        return fact.body["as"].replace("MODEL_RECLASSIFICATION_", "MODEL_STATUS_RECLASSIFIED_AS_")
    return "MODEL_STATUS_" + STATUS[fact.kind] if fact.kind in STATUS else ""


class Model:
    """A model on a day; `begun` is None where there is none by then."""

    def __init__(self, stream, day):
        self.begun = self.described = self.placed = self.kept = self.changed = self.standing = None
        self.staffed = self.approval = None
        self.definition, self.unit, self.agency = {}, {}, {}
        self.status = self.before = ""
        self.version = self.approved = 0
        for fact in stream.held_on(day):
            self.take(fact)

    def take(self, fact):
        if fact.kind in BEGIN:
            self.begun = self.described = self.placed = self.kept = fact
            self.definition, self.version = fact.body["definition"], self.version + 1
            self.place(self.definition["unitId"], fact)
            self.agency = fact.agency
        elif fact.kind == "modelDefinitionRevised":
            self.described = fact
            self.definition, self.version = fact.body["definition"], self.version + 1
        elif fact.kind == "modelTransferred":
            if fact.body.get("toUnitId"):
                self.placed = fact
                self.place(fact.body["toUnitId"], fact)
            if fact.body.get("toAgencyId"):
                self.kept = fact
                self.agency = {"agencyId": fact.body["toAgencyId"]}
        elif fact.kind == "modelStewardsAssigned":
            self.staffed = fact
        elif fact.kind == "modelPilotApproved":
            self.approval, self.approved = fact, self.version
        self.change_status(fact)

    def place(self, unit_id, fact):
        """The unit as the event knows it; of a corrected one perhaps its id alone."""
        self.unit = fact.unit if fact.unit.get("unitId") == unit_id else {"unitId": unit_id}

    def change_status(self, fact):
        """A resumed model has the status from before, which a suspended one will go back to."""
        if status_set_by(fact):
            self.changed, self.status = fact, status_set_by(fact)
            if fact.kind != "modelSuspended":
                self.standing, self.before = fact, self.status
        elif fact.kind == "modelResumed":
            self.changed, self.status = fact, self.before


def model_on(moment, stream, reads):
    """The model on the day of a moment; None: not there, or not for who reads so much."""
    model = Model(stream, moment.day)
    if model.begun is None:
        return None
    parts = (model.begun, model.described, model.placed, model.kept, model.changed, model.standing)
    return None if any(part and moment.rank(part) > reads for part in parts) else model


def approved_version(moment, model, reads):
    """The version with which the pilot was approved; 0: none that the asker may know of."""
    return model.approved if model.approval and moment.rank(model.approval) <= reads else 0


def stewards_of(moment, model, reads):
    if model.staffed is None or moment.rank(model.staffed) > reads:
        return []
    return model.staffed.body["stewards"]


def steward_entry(moment, steward):
    agency_id, unit_id = steward.get("agencyId"), steward.get("unitId")
    return {"task": steward["task"], "agency": keeper_named(moment, agency_id) if agency_id else {},
            "unit": moment.map.ref(unit_id, moment.day) if unit_id else {}}


def summary(moment, model_id, stream, model, reads):
    """ModelSummary of query_service.proto."""
    # Where it lies and who runs it stand beside the definition, whose own unit is that of the present place.
    ended = model.changed.body if model.changed.kind in (
        "modelClosed", "modelMergedAsDuplicate", "modelReclassified") else {}
    unit = moment.map.ref(model.unit["unitId"], moment.day, model.unit)
    return {
        "modelId": model_id, "definition": {**model.definition, "unitId": model.unit["unitId"]}, "unit": unit,
        "status": model.status, "statusSince": model.changed.occurred_on, "beganOn": model.begun.occurred_on,
        "agency": keeper_named(moment, model.agency["agencyId"]) if model.kept is not model.begun else model.agency,
        "fromDocument": model.begun.from_document, "revision": str(stream.revision),
        "definitionVersion": model.version, "approvedVersion": approved_version(moment, model, reads),
        "stewards": [steward_entry(moment, steward) for steward in stewards_of(moment, model, reads)],
        "statusBefore": model.before if model.changed.kind == "modelSuspended" else "",
        "closeReason": ended.get("closeReason", ""),
        "otherModelId": ended.get("otherModelId", ""), "registry": ended.get("registry", ""),
        "registryNumber": ended.get("registryNumber", "")}


def matches(moment, shown, model, asked):
    """Whether every filter that is set holds."""
    definition = shown["definition"]
    wanted = [
        ("level", definition["level"]), ("field", definition["field"]), ("block", definition["sectorBlock"]),
        ("status", shown["status"]), ("gave-way-to", shown["otherModelId"]),
        # A phase and an unknown year match no filter by year.
        ("year", year_key(model.begun.occurred_on)),
    ]
    if any(asked.get(name) and asked[name] != value for name, value in wanted):
        return False
    if asked.get("steward") and all(entry["agency"].get("agencyId") != asked["steward"]
                                    for entry in shown["stewards"]):
        return False
    return moment.map.within(shown["unit"]["unitId"], asked.get("unit", ""), moment.day)


def found(moment, asked):
    """(ModelSummary, Model) of every model for which the filter holds, in order of their ids."""
    for model_id, stream in of_aggregate(moment.streams, "model"):
        model = model_on(moment, stream, moment.reads)
        if model is not None:
            shown = summary(moment, model_id, stream, model, moment.reads)
            if matches(moment, shown, model, asked):
                yield shown, model


def list_models(moment, asked):
    return {"models": [shown for shown, _ in found(moment, asked)]}


def count_key(shown, model, dimension):
    if dimension == "year":
        return year_key(model.begun.occurred_on)
    return {"level": shown["definition"]["level"], "field": shown["definition"]["field"],
            "sector-block": shown["definition"]["sectorBlock"], "status": shown["status"],
            "unit": shown["unit"]["unitId"]}[dimension]


def count_named(moment, asked):
    """The part of CountModels that counts models with a record of their own."""
    total, rows, units = 0, Counter(), {}
    for shown, model in found(moment, asked):
        total += 1
        if asked.get("by"):
            key = count_key(shown, model, asked["by"])
            rows[key] += 1
            units[key] = shown["unit"] if asked["by"] == "unit" else {}
    return {"namedTotal": str(total),
            "rows": [{"key": key, "named": str(rows[key]), "unit": units[key]} for key in sorted(rows)]}
