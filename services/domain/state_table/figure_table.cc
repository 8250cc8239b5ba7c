#include "services/domain/state_table/table.h"

namespace nhanrong::domain {
namespace {

using v1::Command;

constexpr std::string_view kStates[] = {"ABSENT", "RECORDED"};
constexpr TableRow kRows[] = {
    {Command::kRecordCountedFigure, "+-"},
};

}  // namespace

const Table kFigureTable = {"figure", kStates, kRows};

}  // namespace nhanrong::domain
