"""What is done with models and figures."""

BY_STATUS = {
    "DRAFT": ("submit", "submit", "revise"),
    "SUBMITTED": ("return", "screen", "screen", "screen", "reclassify", "merge", "reject"),
    "SCREENED": ("approve",) * 5 + ("merge", "reject", "reclassify", "close"),
    "PILOTING": ("progress", "progress", "revise", "stewards", "transfer", "suspend", "close"),
    "ACTIVE": ("progress", "progress", "revise", "stewards", "transfer", "suspend", "close"),
    "SUSPENDED": ("resume", "resume", "revise", "transfer", "close", "stewards"),
}
ANYTHING = ("submit", "screen", "approve", "close", "resume", "progress")
PASSED = {"isModel": "ANSWER_YES", "isStartupProject": "ANSWER_NO", "isInvestmentProject": "ANSWER_NO",
          "isInitiative": "ANSWER_NO"}
TRIES = 3  # others may do what one may not, who has done the step before


def definition(tale, with_unit=True):
    choice = tale.random.choice
    made = {"name": f"Mô hình {tale.random.randint(1, 10**6)}",
            "level": "MODEL_LEVEL_" + choice(("PROVINCE", "DISTRICT", "COMMUNE")),
            "field": "MODEL_FIELD_" + choice(("PRODUCTION", "TOURISM", "ADMINISTRATIVE_REFORM", "NOT_STATED")),
            "sectorBlock": "SECTOR_BLOCK_" + choice(("ECONOMIC", "CULTURE_SOCIETY", "NOT_STATED"))}
    if tale.often(0.5):
        made["summary"] = "tóm tắt"
    if with_unit:
        made["unitId"] = choice(tale.units)
    return made


def register(tale):
    model_id, body = tale.ulid(), {"definition": definition(tale)}
    accepted = tale.send(tale.one_with("commune-officer", "provincial-office"),
                         {"registerModel": {"modelId": model_id, **body}})
    if tale.remember(accepted, "modelRegistered", body):
        tale.models[model_id] = "DRAFT"


def record_from_document(tale):
    model_id, status = tale.ulid(), tale.random.choice(("PILOTING", "ACTIVE", "ACTIVE", "CLOSED"))
    body = {"definition": definition(tale), "statedStatus": "MODEL_STATUS_" + status}
    accepted = tale.send(tale.one_with("commune-officer", "department-specialist"),
                         {"recordModelFromDocument": {"modelId": model_id, **body}},
                         channel="INGEST_CHANNEL_MIGRATION", sources=[tale.source()])
    if tale.remember(accepted, "modelRecordedFromDocument", body):
        tale.models[model_id] = status


def step_of(tale, what):
    """Command, fact, its body, who may, and the status that follows."""
    choice = tale.random.choice
    other = choice(list(tale.models))
    if what == "submit":
        return "submitModel", "modelSubmitted", {}, ("commune-leader",), "SUBMITTED"
    if what == "return":
        return "returnModel", "modelReturned", {"note": "sửa"}, ("department-specialist",), "DRAFT"
    if what == "screen":
        return "screenModel", "modelScreened", {"checklist": PASSED}, ("department-specialist",), "SCREENED"
    if what == "approve":
        return "approvePilot", "modelPilotApproved", {}, ("competent-authority",), "PILOTING"
    if what == "reclassify":
        kind, question = choice((("STARTUP", "isStartupProject"), ("INITIATIVE", "isInitiative")))
        body = {"as": "MODEL_RECLASSIFICATION_" + kind, "registry": "Sổ khác", "registryNumber": "7",
                "checklist": {**PASSED, "isModel": "ANSWER_NO", question: "ANSWER_YES"}}
        return "reclassifyModel", "modelReclassified", body, ("department-specialist",), "GONE"
    if what == "merge":
        return ("mergeDuplicate", "modelMergedAsDuplicate", {"otherModelId": other, "checklist": PASSED},
                ("department-specialist",), "GONE")
    if what == "reject":
        return ("rejectModel", "modelRejected", {"checklist": PASSED, "note": "không"},
                ("department-specialist", "competent-authority"), "GONE")
    return later_step_of(tale, what, other)


def later_step_of(tale, what, other):
    if what == "progress":
        body = {"narrative": "tiến độ", "figures": [tale.quantity()]}
        return "reportProgress", "modelProgressReported", body, ("commune-officer",), None
    if what == "revise":
        body = {"definition": definition(tale, with_unit=False)}
        return "reviseDefinition", "modelDefinitionRevised", body, ("commune-officer", "provincial-office"), None
    if what == "stewards":
        return ("assignStewards", "modelStewardsAssigned", {"stewards": stewards(tale)},
                ("department-specialist", "provincial-office"), None)
    if what == "suspend":
        return "suspendModel", "modelSuspended", {"note": "tạm"}, ("provincial-office",), "SUSPENDED"
    if what == "resume":
        return "resumeModel", "modelResumed", {"note": "lại"}, ("provincial-office",), "ACTIVE"
    if what == "transfer":
        body = tale.random.choice(({"toUnitId": tale.random.choice(tale.units)},
                                   {"toAgencyId": tale.random.choice(list(tale.agencies.values()))},
                                   {"toUnitId": tale.random.choice(tale.units),
                                    "toAgencyId": tale.random.choice(list(tale.agencies.values()))}))
        return "transferModel", "modelTransferred", body, ("provincial-office", "competent-authority"), None
    reason = tale.random.choice(("COMPLETED", "NOT_EFFECTIVE", "ABSORBED", "SUPERSEDED"))
    body = {"closeReason": "MODEL_CLOSE_REASON_" + reason}
    if reason in ("ABSORBED", "SUPERSEDED"):
        body["otherModelId"] = other
    return "closeModel", "modelClosed", body, ("department-specialist", "provincial-office"), "GONE"


def stewards(tale):
    tasks = tale.random.sample(("FOLLOW", "GUIDE", "INSPECT"), tale.random.randint(1, 3))
    agencies = list(tale.agencies.values())
    return [{"task": "STEWARD_TASK_" + task,
             **tale.random.choice(({"agencyId": tale.random.choice(agencies)},
                                   {"unitId": tale.random.choice(tale.units)}))} for task in tasks]


def step(tale):
    """Mostly what may come next, sometimes what may not."""
    if not tale.models:
        return
    model_id = tale.random.choice(list(tale.models)[-40:])
    fitting = BY_STATUS.get(tale.models[model_id], ("close",))
    what = tale.random.choice(fitting if tale.often(0.93) else ANYTHING)
    command, kind, body, roles, status = step_of(tale, what)
    more = {"sources": [tale.source()]} if what == "transfer" else {}
    for _ in range(TRIES):
        accepted = tale.send(tale.one_with(*roles), {command: {"modelId": model_id, **body}}, **more)
        if tale.remember(accepted, kind, body):
            tale.models[model_id] = status or tale.models[model_id]
            return


def period(tale):
    return tale.random.choice((
        {"scheme": "SCHEME_PHASE", "id": "2016-2020", "from": "2016-01-01", "to": "2020-12-31"},
        {"scheme": "SCHEME_PHASE", "id": "2016-2020", "from": "2016-01-01", "to": "2020-12-31"},
        {"scheme": "SCHEME_CALENDAR", "id": "2021", "from": "2021-01-01", "to": "2021-12-31"}))


def record_figure(tale):
    choice, figure_id = tale.random.choice, tale.ulid()
    figure = {"subject": "FIGURE_SUBJECT_" + choice(("MODELS", "MODELS", "MODELS", "SITES")),
              "unitId": choice(tale.units), "quantity": tale.quantity(choice(("mô hình",) * 8 + ("điểm",)))}
    if tale.often(0.4):
        figure["level"] = "MODEL_LEVEL_" + choice(("PROVINCE", "DISTRICT", "COMMUNE"))
    if tale.often(0.3):
        figure["field"] = "MODEL_FIELD_" + choice(("PRODUCTION", "TOURISM", "NOT_STATED"))
    if tale.often(0.3):
        figure["sectorBlock"] = "SECTOR_BLOCK_" + choice(("ECONOMIC", "CULTURE_SOCIETY", "NOT_STATED"))
    if tale.figures and tale.often(0.35):
        figure["partOfFigureId"] = choice(tale.figures)
    if tale.often(0.3):
        figure["printedShare"] = {"numerator": figure["quantity"], "denominator": tale.quantity("mô hình"),
                                  "populationDefId": "tất cả", "rounding": "ROUNDING_AS_PRINTED",
                                  "printed": choice(("60%", "12,5%", "101 %", "khoảng một nửa"))}
    accepted = tale.send(tale.one_with("commune-officer", "provincial-office"),
                         {"recordCountedFigure": {"figureId": figure_id, "figure": figure}},
                         period=period(tale), channel="INGEST_CHANNEL_MIGRATION", sources=[tale.source()])
    if tale.remember(accepted, "countedFigureRecorded", {"figure": figure}):
        tale.figures.append(figure_id)
