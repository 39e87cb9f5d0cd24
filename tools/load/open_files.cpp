#include "load/open_files.hpp"

#include <sys/resource.h>

namespace parley::load {

void open_more_files() {
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
    files.rlim_cur = files.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &files);
}

}  // namespace parley::load
