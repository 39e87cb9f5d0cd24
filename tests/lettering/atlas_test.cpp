#include "lettering/atlas.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace parley::lettering {
namespace {

TEST(Atlas, PlacesDoNotOverlapAndLieInTheirPage) {
    Atlas atlas(256, 2);
    std::vector<Spot> spots;
    for (std::uint16_t i = 0; i < 200; ++i) {
        const auto ticket = atlas.add(static_cast<std::uint16_t>(10 + i % 60), static_cast<std::uint16_t>(9 + i % 20));
        if (!ticket) break;
        spots.push_back(atlas.use(*ticket).value());
    }
    ASSERT_GT(spots.size(), 40u);
    for (const auto& a : spots) {
        EXPECT_LE(a.x + a.width, 256);
        EXPECT_LE(a.y + a.height, 256);
        EXPECT_LT(a.page, 2);
        for (const auto& b : spots) {
            if (&a == &b || a.page != b.page) continue;
            const bool apart =
                a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
            EXPECT_TRUE(apart);
        }
    }
}

TEST(Atlas, WhatIsTooLargeForAPageGetsNoPlace) {
    Atlas atlas(64, 1);
    EXPECT_FALSE(atlas.add(65, 8));
    EXPECT_FALSE(atlas.add(8, 65));
    EXPECT_FALSE(atlas.add(0, 8));
    EXPECT_TRUE(atlas.add(64, 64));
}

TEST(Atlas, NothingDrawnInThisFrameIsEvicted) {
    Atlas atlas(64, 1);
    std::vector<Atlas::Ticket> tickets;
    while (const auto ticket = atlas.add(60, 16)) tickets.push_back(*ticket);
    EXPECT_EQ(tickets.size(), 4u);
    for (const auto& ticket : tickets) EXPECT_TRUE(atlas.use(ticket));
    EXPECT_FALSE(atlas.add(10, 30)) << "another height must not take a page in use either";
}

TEST(Atlas, TheOneDrawnLongestAgoGoesFirst) {
    Atlas atlas(64, 1);
    std::vector<Atlas::Ticket> tickets;
    while (const auto ticket = atlas.add(60, 16)) tickets.push_back(*ticket);
    atlas.begin_frame();
    for (const std::size_t used : {0u, 1u, 3u}) EXPECT_TRUE(atlas.use(tickets[used]));
    atlas.begin_frame();
    ASSERT_TRUE(atlas.add(60, 16));
    EXPECT_FALSE(atlas.use(tickets[2]));
    for (const std::size_t kept : {0u, 1u, 3u}) EXPECT_TRUE(atlas.use(tickets[kept]));
}

TEST(Atlas, APageOfTheWrongHeightsIsCutAnew) {
    Atlas atlas(64, 1);
    const auto low = atlas.add(60, 8).value();
    while (atlas.add(60, 8)) {
    }
    atlas.begin_frame();
    EXPECT_TRUE(atlas.add(60, 64));
    EXPECT_FALSE(atlas.use(low));
}

TEST(Atlas, AfterClearEveryTicketIsStale) {
    Atlas atlas(64, 1);
    const auto ticket = atlas.add(10, 10).value();
    atlas.clear();
    EXPECT_FALSE(atlas.use(ticket));
    const auto next = atlas.add(10, 10).value();
    EXPECT_TRUE(atlas.use(next));
    EXPECT_FALSE(atlas.use(ticket));
}

// Whatever comes: two live tickets never share a pixel, and a ticket is right or stale.
TEST(Atlas, NoTwoLiveTicketsEverShareAPixel) {
    std::mt19937 random(7);
    Atlas atlas(128, 2);
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::pair<Atlas::Ticket, Spot>>> live;
    std::vector<std::pair<Atlas::Ticket, Spot>> all;
    for (int step = 0; step < 20'000; ++step) {
        if (random() % 8 == 0) atlas.begin_frame();
        const auto ticket =
            atlas.add(static_cast<std::uint16_t>(1 + random() % 128), static_cast<std::uint16_t>(1 + random() % 60));
        if (!ticket) continue;
        const auto spot = atlas.use(*ticket).value();
        std::erase_if(all, [&](const auto& each) {
            if (random() % 4 != 0 && each.second.page != spot.page) return false;
            return !atlas.use(each.first).has_value();
        });
        for (const auto& [other, place] : all) {
            if (place.page != spot.page) continue;
            const bool apart = place.x + place.width <= spot.x || spot.x + spot.width <= place.x ||
                               place.y + place.height <= spot.y || spot.y + spot.height <= place.y;
            ASSERT_TRUE(apart) << "step " << step;
            ASSERT_EQ(atlas.use(other), place) << "nothing live is moved";
        }
        all.emplace_back(*ticket, spot);
    }
    EXPECT_GT(atlas.evictions(), 100u);
}

}  // namespace
}  // namespace parley::lettering
