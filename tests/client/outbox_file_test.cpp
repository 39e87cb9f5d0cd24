// The file that keeps what a native client has not sent, against crashes at any byte.
#include "client_native/outbox_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "support/temporary_directory.hpp"

namespace parley::native {
namespace {

using client::SavedOperation;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr UserId kAna{11};
constexpr OutboxId kOutbox{3};

SavedOperation post(std::uint64_t number, const std::string& text, OutboxId outbox = kOutbox) {
    return {kAna, Timestamp{5}, std::nullopt, PostText{OpId{outbox, number}, RoomId(21), MessageText::cut(text)}};
}

std::vector<std::string> texts(const OutboxFile& file) {
    std::vector<std::string> all;
    for (const auto& outbox : file.left_behind())
        for (const auto& operation : outbox.operations) all.push_back(std::get<PostText>(operation.change).text.str());
    return all;
}

class AnOutboxFile : public testing::Test {
  protected:
    [[nodiscard]] std::unique_ptr<OutboxFile> open() const {
        auto file = OutboxFile::open(path_, "ana ws://127.0.0.1/ws");
        EXPECT_TRUE(file.has_value()) << file.error();
        return file ? std::move(*file) : nullptr;
    }
    [[nodiscard]] std::string why_not(const std::string& owner = "ana ws://127.0.0.1/ws") const {
        const auto file = OutboxFile::open(path_, owner);
        return file ? "opened" : file.error();
    }
    [[nodiscard]] std::string bytes() const {
        std::ifstream in(path_, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void write(const std::string& content) const {
        std::ofstream(path_, std::ios::binary | std::ios::trunc) << content;
    }

    support::TemporaryDirectory directory_{support::TemporaryDirectory::Where::memory};
    std::filesystem::path path_ = directory_.path() / "outbox";
};

TEST_F(AnOutboxFile, GivesBackWhatWasKeptAndNotForgottenInItsOrder) {
    {
        const auto file = open();
        file->keep(post(1, "one"), std::nullopt);
        file->keep(post(2, "two"), std::nullopt);
        file->keep(post(3, "three"), std::nullopt);
        ASSERT_TRUE(file->sync());
        file->forget(OpId{kOutbox, 2});
        ASSERT_TRUE(file->sync());
    }
    const auto file = open();
    EXPECT_THAT(texts(*file), ElementsAre("one", "three"));
    EXPECT_EQ(file->left_behind()[0].id, kOutbox);
    EXPECT_EQ(file->dropped_bytes(), 0u);
}

TEST_F(AnOutboxFile, KeepsOutboxesApartInTheOrderOfTheirBeginning) {
    {
        const auto file = open();
        file->keep(post(1, "older", OutboxId(9)), std::nullopt);
        ASSERT_TRUE(file->sync());
    }
    {
        const auto file = open();
        file->keep(post(1, "newer", OutboxId(4)), std::nullopt);
        ASSERT_TRUE(file->sync());
    }
    const auto left = open()->left_behind();
    ASSERT_EQ(left.size(), 2u);
    EXPECT_EQ(left[0].id, OutboxId(9));
    EXPECT_EQ(left[1].id, OutboxId(4));
}

TEST_F(AnOutboxFile, ARetryTakesThePlaceOfTheFailedOneInOneRecord) {
    {
        const auto file = open();
        auto failed = post(1, "again");
        file->keep(failed, std::nullopt);
        failed.refused = Refusal::not_a_member;
        file->keep(failed, std::nullopt);
        file->keep(post(2, "again"), failed.op());
        ASSERT_TRUE(file->sync());
    }
    const auto left = open()->left_behind();
    ASSERT_EQ(left.size(), 1u);
    ASSERT_EQ(left[0].operations.size(), 1u);
    EXPECT_EQ(left[0].operations[0].op().number, 2u);
}

TEST_F(AnOutboxFile, CutAtAnyByteGivesTheIntactPrefix) {
    {
        const auto file = open();
        file->keep(post(1, "one"), std::nullopt);
        file->keep(post(2, "two"), std::nullopt);
        ASSERT_TRUE(file->sync());
    }
    const auto whole = bytes();
    std::size_t longest = 0;
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        write(whole.substr(0, size));
        const auto file = open();
        ASSERT_NE(file, nullptr) << size;
        const auto found = texts(*file);
        EXPECT_GE(found.size(), longest) << size;
        longest = found.size();
        EXPECT_TRUE(found.empty() || found[0] == "one") << size;
    }
    EXPECT_EQ(longest, 2u);
}

TEST_F(AnOutboxFile, AChangedByteEndsItThereAndIsTold) {
    {
        const auto file = open();
        file->keep(post(1, "one"), std::nullopt);
        file->keep(post(2, "two"), std::nullopt);
        ASSERT_TRUE(file->sync());
    }
    const auto whole = bytes();
    for (std::size_t at = whole.find('\n') + 1; at < whole.size(); ++at) {
        auto changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x41);
        write(changed);
        const auto file = open();
        ASSERT_NE(file, nullptr) << at;
        EXPECT_LT(texts(*file).size(), 2u) << at;
        EXPECT_NE(file->dropped_bytes(), 0u) << at;
    }
}

TEST_F(AnOutboxFile, WhatFollowsATornEndIsReadAgain) {
    {
        const auto file = open();
        file->keep(post(1, "one"), std::nullopt);
        ASSERT_TRUE(file->sync());
    }
    write(bytes() + "half a rec");
    {
        const auto file = open();
        EXPECT_EQ(file->dropped_bytes(), 10u);
        file->keep(post(2, "two"), std::nullopt);
        ASSERT_TRUE(file->sync());
    }
    EXPECT_THAT(texts(*open()), ElementsAre("one", "two"));
}

TEST_F(AnOutboxFile, OfAnotherOwnerOrAnotherKindIsLeftAsItIs) {
    EXPECT_EQ(why_not(), "opened");
    const auto mine = bytes();
    EXPECT_THAT(why_not("bo ws://127.0.0.1/ws"), HasSubstr("belongs to \"ana ws://127.0.0.1/ws\""));
    EXPECT_EQ(bytes(), mine);
    write("my diary, not to be overwritten\n");
    EXPECT_THAT(why_not(), HasSubstr("not an outbox"));
    EXPECT_EQ(bytes(), "my diary, not to be overwritten\n");
    path_ = directory_.path();
    EXPECT_THAT(why_not(), HasSubstr("cannot open"));
    path_ = directory_.path() / "missing" / "outbox";
    EXPECT_THAT(why_not(), HasSubstr("cannot open"));
}

// As the file is described: length, checksum (FNV-1a), 1, no OpId that it takes the place of, the operation.
std::string record_of(std::uint8_t kind, const Buffer& operation) {
    Buffer record{std::byte{kind}};
    record.resize(17);
    record.insert(record.end(), operation.begin(), operation.end());
    std::uint64_t sum = 0xCBF29CE484222325ull;
    for (const auto byte : record) sum = (sum ^ std::to_integer<std::uint64_t>(byte)) * 0x100000001B3ull;
    std::string text;
    for (std::size_t i = 0; i < 4; ++i) text += static_cast<char>(record.size() >> (8 * i) & 0xFF);
    for (std::size_t i = 0; i < 8; ++i) text += static_cast<char>(sum >> (8 * i) & 0xFF);
    for (const auto byte : record) text += static_cast<char>(byte);
    return text;
}

// They were read as nothing, and were gone from the file when it was opened.
TEST_F(AnOutboxFile, WhatALaterVersionHasWrittenInItIsLeftAsItIs) {
    EXPECT_EQ(why_not(), "opened");
    const auto first_line = bytes();
    write(first_line + record_of(1, client::bytes_of(post(1, "one"))));
    ASSERT_THAT(texts(*open()), ElementsAre("one")) << "the records of this test are those of the file";
    auto later = client::bytes_of(post(2, "two"));
    later[0] = std::byte(std::to_integer<unsigned>(later[0]) + 1);  // its version
    for (const auto& unknown : {record_of(1, later), record_of(3, client::bytes_of(post(2, "two")))}) {
        auto whole = first_line;
        whole.append(record_of(1, client::bytes_of(post(1, "one"))));
        whole.append(unknown);
        whole.append(record_of(1, client::bytes_of(post(3, "three"))));
        write(whole);
        EXPECT_THAT(why_not(), HasSubstr("a later version of Parley"));
        EXPECT_EQ(bytes(), whole);
    }
}

TEST_F(AnOutboxFile, IsHeldByOneAtATime) {
    auto first = open();
    EXPECT_THAT(why_not(), HasSubstr("in use"));
    first.reset();
    EXPECT_EQ(why_not(), "opened");
}

TEST_F(AnOutboxFile, ForgetsWhatIsNotHers) {
    const auto file = open();
    auto of_another_server = post(1, "of another life");
    of_another_server.owner = UserId(99);
    file->keep(of_another_server, std::nullopt);
    file->keep(post(1, "hers", OutboxId(4)), std::nullopt);
    file->forget_all_but(kAna);
    EXPECT_THAT(texts(*file), ElementsAre("hers"));
    file->forget_all_but(UserId());
    EXPECT_THAT(file->left_behind(), IsEmpty());
}

TEST_F(AnOutboxFile, StaysSmallHoweverMuchGoesThroughIt) {
    const auto file = open();
    const std::string text(16'000, 'x');
    std::uintmax_t largest = 0;
    for (std::uint64_t number = 1; number <= 5'000; ++number) {
        file->keep(post(number, text), std::nullopt);
        if (number > 10) file->forget(OpId{kOutbox, number - 10});
        if (number % 100 != 0) continue;
        ASSERT_TRUE(file->sync());
        largest = std::max(largest, std::filesystem::file_size(path_));
    }
    EXPECT_GT(largest, limits::kOutboxFile / 2);
    EXPECT_LE(largest, limits::kOutboxFile + 200 * text.size());
    EXPECT_EQ(texts(*file).size(), 10u);
}

TEST_F(AnOutboxFile, WhereItsFolderIsGoneSaysWhyAndWritesItAllLater) {
    const auto file = open();
    const std::string text(16'000, 'x');
    std::filesystem::remove_all(directory_.path());
    std::uint64_t number = 0;
    while (number * text.size() <= limits::kOutboxFile + text.size()) {  // until it must be written anew
        file->keep(post(++number, text), std::nullopt);
        file->forget(OpId{kOutbox, number});
    }
    file->keep(post(++number, "last"), std::nullopt);
    bool failed = false;
    for (int i = 0; i < 2; ++i) {
        const auto written = file->sync();
        if (written) continue;
        failed = true;
        EXPECT_THAT(written.error(), HasSubstr("cannot write"));
    }
    EXPECT_TRUE(failed);
    std::filesystem::create_directory(directory_.path());
    ASSERT_TRUE(file->sync());
    EXPECT_THAT(texts(*file), ElementsAre("last"));
    EXPECT_TRUE(std::filesystem::exists(path_));
}

}  // namespace
}  // namespace parley::native
