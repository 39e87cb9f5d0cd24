// How often a password may be tried: token buckets per account and per address (limits::kLoginPerAccount, …PerAddress), with
// growing waits and a bound on how many are remembered (THREATS T21). Loopback addresses share nothing: a proxy may stand
// there. One thread; time is an argument.
#pragma once

#include <chrono>
#include <memory>
#include <string_view>

namespace parley::auth {

class LoginLimits {
  public:
    LoginLimits();
    ~LoginLimits();
    // Zero: try now (and it is counted). Else how long to wait.
    [[nodiscard]] std::chrono::milliseconds take(std::string_view account, std::string_view address, std::chrono::nanoseconds now);

  private:
    class Buckets;
    std::unique_ptr<Buckets> buckets_;
};

}  // namespace parley::auth
