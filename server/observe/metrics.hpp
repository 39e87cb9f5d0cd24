// Numbers for /metrics in Prometheus' text form (exposition format 0.0.4). Built when asked, from what each owner
// counts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace parley::observe {

class MetricsPage {
  public:
    // A number that only rises, by convention named …_total / one that goes up and down.
    void counter(std::string_view name, std::string_view help, std::uint64_t value) {
        add("counter", name, help, value);
    }
    void gauge(std::string_view name, std::string_view help, std::uint64_t value) { add("gauge", name, help, value); }
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    void add(std::string_view type, std::string_view name, std::string_view help, std::uint64_t value);
    std::string text_;
};

}  // namespace parley::observe
