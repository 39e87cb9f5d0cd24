// As many open files as this process may have: each client is one.
#pragma once

namespace parley::load {

void open_more_files();

}  // namespace parley::load
