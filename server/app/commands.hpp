// The command line of parley-server. Exit codes: 0 done, 1 failed, 2 wrong usage.
#pragma once

namespace parley::app {

[[nodiscard]] int run(int argc, char** argv);

}  // namespace parley::app
