// Counted figure: a number that a source states about things that it does not name.
#pragma once

#include <span>

#include "nhanrong/v1/figure.pb.h"
#include "services/domain/aggregate/aggregate.h"

namespace nhanrong::domain {

struct FigureState final : State {
  bool recorded = false;
  v1::CountedFigure figure;
};

extern const AggregateType kFigure;
extern const std::span<const CommandType> kFigureCommands;

}  // namespace nhanrong::domain
