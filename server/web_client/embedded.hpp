// The web client as it was built into this binary, for net::WebFiles. Immutable; the views point into the binary
// itself. Made by toolchains/web_client.cmake; both are empty when the server was configured with
// -DPARLEY_WEB_CLIENT=OFF.
#pragma once

#include <string_view>
#include <vector>

#include "net/web_files.hpp"

namespace parley::web_client {

[[nodiscard]] std::vector<net::WebFile> files();

// Names this build of the page: the {{build}} of index.html. Twelve hexadecimal digits.
[[nodiscard]] std::string_view build_id();

}  // namespace parley::web_client
