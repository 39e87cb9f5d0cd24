// The browser's own font engine as the program's letterer (web/text.js): measured and rasterised on a 2D canvas, broken
// into lines by the page's layout, uploaded to textures of the canvas' drawing surface. Main thread; one per page.
#pragma once

#include <functional>

#include "lettering/letterer.hpp"

namespace parley::platform {

class BrowserLetterer final : public lettering::Letterer {
  public:
    [[nodiscard]] float baseline(const lettering::Style& style) override;
    [[nodiscard]] lettering::Measure measure(const lettering::Style& style, float density, std::string_view text,
                                             lettering::Order order) override;
    [[nodiscard]] std::size_t fit(const lettering::Style& style, std::string_view text, float width) override;
    [[nodiscard]] std::vector<lettering::Layout> lay_out(const lettering::Style& style, float density, float width,
                                                         std::span<const Request> requests) override;
    [[nodiscard]] std::uint64_t make_page(std::uint16_t page, std::uint16_t side) override;
    void paint(const lettering::Spot& spot, const Picture& picture) override;
    [[nodiscard]] std::string capital(std::string_view text) override;

    // `changed` is called when other fonts have come: what was measured holds no more.
    void watch_fonts(std::function<void()>* changed);  // kept by the caller, for ever

  private:
    std::vector<unsigned> textures_;
};

}  // namespace parley::platform
