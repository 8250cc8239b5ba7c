// `nhanrong generate`: a made-up province as a folder of files.
#pragma once

#include "services/cli/program.h"

namespace nhanrong::cli {

void AddGenerate(Program& program);

}  // namespace nhanrong::cli
