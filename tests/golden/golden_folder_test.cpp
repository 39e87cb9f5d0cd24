// The golden folder as a whole: nothing in it is forgotten, and the page of the wire shows its bytes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "support/samples.hpp"

namespace parley {
namespace {

std::string text_of_file(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// "05 21 …": the file's bytes in one line, without its comment.
std::string bytes_of_file(const std::filesystem::path& path) {
    std::istringstream text(text_of_file(path));
    std::string bytes;
    for (std::string line; std::getline(text, line);) {
        if (!line.starts_with('#')) bytes += (bytes.empty() ? "" : " ") + line;
    }
    return bytes;
}

TEST(GoldenFolder, HoldsNoFileThatNothingChecks) {
    std::set<std::string> known;
    for (const auto& sample : support::client_samples()) known.insert(sample.file + ".hex");
    for (const auto& sample : support::server_samples()) known.insert(sample.file + ".hex");
    std::set<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(PARLEY_GOLDEN_FOLDER))
        found.insert(entry.path().filename());
    EXPECT_EQ(found, known);
}

// A worked example of the page starts with "golden: NAME" and its byte lines are "    05 21 …   what it is".
TEST(WirePage, ShowsTheGoldenBytes) {
    std::istringstream page(text_of_file(PARLEY_WIRE_PAGE));
    std::string name;
    std::map<std::string, std::string> shown;
    for (std::string line; std::getline(page, line);) {
        if (const auto at = line.find("golden: "); at != std::string::npos) {
            name = line.substr(at + 8);
        } else if (!name.empty() && line.starts_with("    ")) {
            auto bytes = line.substr(4);
            bytes.erase(std::min(bytes.find("   "), bytes.size()));
            shown[name] += (shown[name].empty() ? "" : " ") + bytes;
        } else if (!line.empty()) {
            name.clear();
        }
    }
    EXPECT_GE(shown.size(), 4u);
    for (const auto& [example, bytes] : shown) {
        EXPECT_EQ(bytes, bytes_of_file(std::filesystem::path(PARLEY_GOLDEN_FOLDER) / (example + ".hex"))) << example;
    }
}

}  // namespace
}  // namespace parley
