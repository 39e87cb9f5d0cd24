// The wire's version range. A build speaks every version from lowest to highest; only a peer outside it must reload.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

namespace parley {

struct VersionRange {
    std::uint16_t lowest = 0;
    std::uint16_t highest = 0;

    constexpr bool operator==(const VersionRange&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(lowest, highest);
    }
};

inline constexpr VersionRange kOurVersions{1, 1};

// The highest version both speak, or nothing.
constexpr std::optional<std::uint16_t> common_version(VersionRange ours, VersionRange theirs) {
    const auto lowest = std::max(ours.lowest, theirs.lowest);
    const auto highest = std::min(ours.highest, theirs.highest);
    if (lowest > highest) return std::nullopt;
    return highest;
}

}  // namespace parley
