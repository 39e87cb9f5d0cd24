#include "audit/verdict.hpp"

namespace parley::audit {

namespace {
constexpr std::array<std::string_view, kFaults> kNames{
    "lost", "unseen", "dup_stored", "dup_seen", "reordered", "holes", "phantom", "disagree", "refused_yet_stored"};
}

std::string_view name_of(Fault fault) {
    return kNames[static_cast<std::size_t>(fault)];
}

bool Verdict::is_clean() const {
    for (std::size_t fault = 0; fault < kFaults; ++fault) {
        if (static_cast<Fault>(fault) != Fault::refused_yet_stored && found_[fault].count != 0) return false;
    }
    return true;
}

}  // namespace parley::audit
