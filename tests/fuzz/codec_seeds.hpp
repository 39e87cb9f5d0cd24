#pragma once

#include <string>
#include <vector>

#include "support/samples.hpp"

namespace parley::fuzz {

template <class Message>
std::vector<std::string> frames_of(const std::vector<support::Sample<Message>>& samples) {
    std::vector<std::string> frames;
    for (const auto& sample : samples) {
        const auto bytes = encode(sample.message);
        frames.emplace_back(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
    return frames;
}

}  // namespace parley::fuzz
