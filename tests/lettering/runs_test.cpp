#include "lettering/runs.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace parley::lettering {
namespace {

// Sets ten pixels to a letter, and remembers of each pixel of its pages what was painted there.
class Compositor final : public Letterer {
  public:
    float baseline(const Style&) override { return 16; }
    Measure measure(const Style& style, float, std::string_view text, Order) override {
        ++measured;
        const auto width = static_cast<float>(text.size()) * 10;
        return {width, 0, -style.size * 0.8f, width, style.size * 0.2f, text.starts_with("emoji")};
    }
    std::size_t fit(const Style&, std::string_view text, float) override { return text.size(); }
    std::vector<Layout> lay_out(const Style&, float, float, std::span<const Request> requests) override {
        return std::vector<Layout>(requests.size());
    }
    std::string capital(std::string_view text) override { return std::string(text.substr(0, 1)); }
    std::uint64_t make_page(std::uint16_t page, std::uint16_t width) override {
        if (page >= pages.size()) pages.resize(page + 1u);
        pages[page].assign(std::size_t{width} * width, {});
        return page + 1u;
    }
    void paint(const Spot& spot, const Picture& picture) override {
        const auto name = name_of(picture.text, picture.is_coloured ? picture.colour : picture.dark ? 1u : 0u);
        for (int y = 0; y < spot.height; ++y)
            for (int x = 0; x < spot.width; ++x) pages.at(spot.page).at(place_of(spot.x + x, spot.y + y)) = name;
    }
    [[nodiscard]] std::size_t place_of(int x, int y) const {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(side) + static_cast<std::size_t>(x);
    }
    static std::string name_of(std::string_view text, std::uint32_t ink) {
        return std::string(text) + "/" + std::to_string(ink);
    }
    [[nodiscard]] bool shows(const Piece& piece, const std::string& name) const {
        const auto left = static_cast<int>(std::lround(piece.u0 * static_cast<float>(side)));
        const auto top = static_cast<int>(std::lround(piece.v0 * static_cast<float>(side)));
        for (int y = top; y < top + piece.height; ++y)
            for (int x = left; x < left + piece.width; ++x)
                if (pages.at(piece.texture - 1).at(place_of(x, y)) != name) return false;
        return true;
    }

    int side = 128;
    int measured = 0;
    std::vector<std::vector<std::string>> pages;
};

constexpr Style kBody{15, 22, Weight::regular};

TEST(Runs, ATextIsMeasuredAndPaintedOnce) {
    Compositor compositor;
    Runs runs(compositor, 128, 2);
    for (int frame = 0; frame < 5; ++frame) {
        runs.begin_frame(1);
        EXPECT_EQ(runs.draw(kBody, "hello", Order::own, 0x000000).pieces.size(), 1u);
    }
    EXPECT_EQ(compositor.measured, 1);
    EXPECT_EQ(runs.painted(), 1u);
}

TEST(Runs, DarkAndLightInkAreTwoPicturesAndEveryShadeOfOneIsTheSame) {
    Compositor compositor;
    Runs runs(compositor, 128, 2);
    runs.begin_frame(1);
    EXPECT_FALSE(runs.draw(kBody, "hello", Order::own, 0x101010).coloured);
    (void)runs.draw(kBody, "hello", Order::own, 0x401010);
    EXPECT_EQ(runs.painted(), 1u);
    (void)runs.draw(kBody, "hello", Order::own, 0xF0F0F0);
    EXPECT_EQ(runs.painted(), 2u);
}

TEST(Runs, ColouredTextIsPaintedInItsColour) {
    Compositor compositor;
    Runs runs(compositor, 128, 2);
    runs.begin_frame(1);
    const auto drawing = runs.draw(kBody, "emoji", Order::own, 0x123456);
    EXPECT_TRUE(drawing.coloured);
    EXPECT_TRUE(compositor.shows(drawing.pieces.front(), Compositor::name_of("emoji", 0x123456)));
}

TEST(Runs, ALongLineStandsInSeveralPieces) {
    Compositor compositor;
    Runs runs(compositor, 128, 4);
    runs.begin_frame(1);
    const auto& pieces = runs.draw(kBody, std::string(30, 'x'), Order::own, 0).pieces;
    ASSERT_EQ(pieces.size(), 3u);
    int x = pieces.front().x;
    for (const auto& piece : pieces) {
        EXPECT_EQ(piece.x, x);
        x += piece.width;
    }
    EXPECT_GE(x, 300);
}

TEST(Runs, WhatHasNoPlaceInThisFrameIsAGap) {
    Compositor compositor;
    Runs runs(compositor, 128, 1);
    runs.begin_frame(1);
    int drawn = 0;
    for (int i = 0; i < 20; ++i)
        drawn += runs.draw(kBody, "line " + std::to_string(100 + i), Order::own, 0).pieces.empty() ? 0 : 1;
    EXPECT_GT(drawn, 2);
    EXPECT_LT(drawn, 20);
    EXPECT_EQ(runs.not_placed(), static_cast<std::uint64_t>(20 - drawn));
}

TEST(Runs, AfterALossEverythingIsPaintedAgain) {
    Compositor compositor;
    Runs runs(compositor, 128, 1);
    runs.begin_frame(1);
    (void)runs.draw(kBody, "hello", Order::own, 0);
    runs.forget_pictures();
    compositor.pages.clear();
    runs.begin_frame(1);
    const auto& pieces = runs.draw(kBody, "hello", Order::own, 0).pieces;
    EXPECT_TRUE(compositor.shows(pieces.at(0), Compositor::name_of("hello", 1)));
    EXPECT_EQ(compositor.measured, 1);
}

// At the end of each frame, when the GPU draws, every picture drawn in it is still the text's own.
TEST(Runs, NeverAnotherTextsPicture) {
    std::mt19937 random(11);
    Compositor compositor;
    Runs runs(compositor, 128, 2);
    std::size_t seen = 0;
    for (int frame = 0; frame < 600; ++frame) {
        runs.begin_frame(random() % 3 == 0 ? 2.0f : 1.0f);
        if (random() % 97 == 0) runs.forget_pictures();
        std::vector<std::pair<Piece, std::string>> drawn;
        for (auto count = random() % 30; count > 0; --count) {
            const bool emoji = random() % 6 == 0;
            const auto text = (emoji ? "emoji " : "text ") + std::to_string(random() % 60);
            const std::uint32_t colour = random() % 2 == 0 ? 0x000000 : 0xFFFFFF;
            const Style style{random() % 4 == 0 ? 21.0f : 15.0f, 22, Weight::regular};
            const auto drawing = runs.draw(style, text, Order::own, colour);
            const auto ink = emoji ? colour : colour == 0 ? 1u : 0u;
            for (const auto& piece : drawing.pieces) drawn.emplace_back(piece, Compositor::name_of(text, ink));
        }
        for (const auto& [piece, name] : drawn) ASSERT_TRUE(compositor.shows(piece, name)) << name;
        seen += drawn.size();
    }
    EXPECT_GT(seen, 2'000u);
    EXPECT_GT(runs.painted(), 500u);
}

}  // namespace
}  // namespace parley::lettering
