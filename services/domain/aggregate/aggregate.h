// The frame in which every aggregate stands: a stream's facts, its state, and what a decision sees.
#pragma once

#include "services/domain/aggregate/decision.h"
#include "services/domain/aggregate/fact_rule.h"
#include "services/domain/aggregate/stream.h"
#include "services/domain/aggregate/violation.h"
