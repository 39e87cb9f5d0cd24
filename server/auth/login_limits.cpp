#include "auth/login_limits.hpp"

#include <algorithm>

namespace parley::auth {

namespace {

// No account name holds a newline.
std::string key_of(std::string_view account, std::string_view address) {
    std::string key(account);
    key += '\n';
    return key += address;
}

}  // namespace

RateBucket& RateBuckets::of(const std::string& key) {
    const auto found = places_.find(key);
    if (found != places_.end()) {
        by_use_.splice(by_use_.begin(), by_use_, found->second);
        return by_use_.front().bucket;
    }
    if (places_.size() >= most_) {
        places_.erase(by_use_.back().key);
        by_use_.pop_back();
    }
    by_use_.push_front({key, RateBucket(rate_)});
    places_.emplace(key, by_use_.begin());
    return by_use_.front().bucket;
}

void RateBuckets::forget(const std::string& key) {
    const auto found = places_.find(key);
    if (found == places_.end()) return;
    by_use_.erase(found->second);
    places_.erase(found);
}

std::chrono::milliseconds LoginLimits::take(std::string_view account, std::string_view address, Moment now) {
    auto& from_address = addresses_.of(std::string(address));
    auto& at_account = accounts_.of(key_of(account, address));
    const auto wait = std::max(from_address.wait(now), at_account.wait(now));
    if (wait > std::chrono::nanoseconds(0)) return std::chrono::ceil<std::chrono::milliseconds>(wait);
    // Neither refuses: both were asked above.
    [[maybe_unused]] const bool address_took = from_address.take(now);
    [[maybe_unused]] const bool account_took = at_account.take(now);
    return {};
}

void LoginLimits::succeeded(std::string_view account, std::string_view address) {
    accounts_.forget(key_of(account, address));
}

}  // namespace parley::auth
