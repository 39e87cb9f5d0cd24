// How often somebody may try to sign in (THREATS T21). Token buckets: values without a clock, time is an argument. An
// account is counted together with the address it is tried from, so a stranger cannot lock its owner out.
#pragma once

#include <chrono>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "protocol/limits.hpp"
#include "protocol/rate_bucket.hpp"

namespace parley::auth {

using Moment = RateBucket::Moment;

// A bucket for each key, of the keys used last. One thread.
class RateBuckets {
  public:
    explicit RateBuckets(limits::Rate rate, std::size_t most = limits::kLoginEntries) : rate_(rate), most_(most) {}

    [[nodiscard]] RateBucket& of(const std::string& key);
    void forget(const std::string& key);
    [[nodiscard]] std::size_t size() const { return places_.size(); }

  private:
    struct Entry {
        std::string key;
        RateBucket bucket;
    };
    limits::Rate rate_;
    std::size_t most_;
    std::list<Entry> by_use_;  // the one used last comes first
    std::unordered_map<std::string, std::list<Entry>::iterator> places_;
};

class LoginLimits {
  public:
    explicit LoginLimits(limits::Rate per_account = limits::kLoginPerAccount,
                         limits::Rate per_address = limits::kLoginPerAddress,
                         std::size_t entries = limits::kLoginEntries)
        : accounts_(per_account, entries), addresses_(per_address, entries) {}

    // Zero: try now, and it is counted. Else how long to wait; nothing is counted.
    [[nodiscard]] std::chrono::milliseconds take(std::string_view account, std::string_view address, Moment now);
    // The password was right: earlier tries at this account from this address no longer count.
    void succeeded(std::string_view account, std::string_view address);

  private:
    RateBuckets accounts_;
    RateBuckets addresses_;
};

}  // namespace parley::auth
