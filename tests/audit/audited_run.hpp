// Ana posts kPosts messages in a room, bo reads them. Each test takes something away from this or adds something.
#pragma once

#include <gmock/gmock.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>

#include "audit/audit.hpp"
#include "event_log/event_log.hpp"
#include "sqlite/database.hpp"
#include "sqlite/sqlite_backend.hpp"
#include "support/temporary_directory.hpp"

namespace parley::audit {

using event_log::EventLog;

inline constexpr std::uint64_t kPosts = 10;
inline constexpr OutboxId kOutbox(77);

class AuditedRun : public testing::Test {
  protected:
    void SetUp() override {
        std::filesystem::create_directory(data());
        auto backend = sqlite::SqliteBackend::open(data());
        ASSERT_TRUE(backend) << backend.error();
        writer = (*backend)->open_writer().value();
        const auto joined =
            apply(store::RegisterAccount{{OutboxId(1), 1}, user, AccountName::cut("ana"), "hash", true, {}});
        room = (*backend)->open_reader().value()->directory({}, 1)->rooms.at(0).id;
        for (std::uint64_t number = 1; number <= kPosts; ++number) post(number);
        ASSERT_TRUE(joined.done());
        log.emplace(std::move(*EventLog::create(directory.path() / "log")));
        ana = log->add_client("ana");
        bo = log->add_client("bo");
        log->entered(ana, room, before());
        log->entered(bo, room, before());
    }
    std::filesystem::path data() const { return directory.path() / "data"; }
    store::Outcome apply(const store::Change& change) {
        store::Effects effects;
        EXPECT_TRUE(writer->begin());
        const auto outcome = writer->apply(change, effects).value();
        EXPECT_TRUE(writer->commit());
        return outcome;
    }
    void post(std::uint64_t number) {
        const auto outcome = apply(store::AppendMessage{{user, op(number), number}, room, MessageText::cut("hi"), {}});
        EXPECT_EQ(outcome.status, store::Status::committed);
        sequences.push_back(outcome.result.sequence);
    }
    static OpId op(std::uint64_t number) { return {kOutbox, number}; }
    Sequence at(std::uint64_t number) const { return sequences.at(number - 1); }
    Sequence before() const { return at(1).previous(); }
    void sql(const char* text) {
        sqlite::Database database(data() / "parley.db", SQLITE_OPEN_READWRITE);
        database.run(text);
    }

    void sent(std::uint64_t number) { log->sent(ana, room, op(number)); }
    void acknowledged(std::uint64_t number) { log->acknowledged(ana, room, op(number), at(number)); }
    void seen(event_log::ClientNumber by, std::uint64_t number) { log->seen(by, room, op(number), at(number), true); }
    void clean_post(std::uint64_t number) {
        sent(number);
        seen(ana, number);
        acknowledged(number);
        seen(bo, number);
    }
    void clean_posts(std::uint64_t first, std::uint64_t final) {
        for (auto number = first; number <= final; ++number) clean_post(number);
    }

    // The counts in the order of Fault.
    std::array<std::uint64_t, kFaults> judge(bool whole = true) {
        if (whole) {
            EXPECT_TRUE(log->finish());
        }
        log.reset();
        const auto result = audit({directory.path() / "log"}, data());
        EXPECT_TRUE(result) << result.error();
        last = *result;
        std::array<std::uint64_t, kFaults> counts{};
        for (std::size_t i = 0; i < kFaults; ++i) counts[i] = last.verdict.count(static_cast<Fault>(i));
        return counts;
    }
    static std::array<std::uint64_t, kFaults> only(Fault fault, std::uint64_t count = 1) {
        std::array<std::uint64_t, kFaults> counts{};
        counts[static_cast<std::size_t>(fault)] = count;
        return counts;
    }
    static std::array<std::uint64_t, kFaults> none() { return {}; }
    int program(const std::string& arguments) {
        const auto command =
            std::string(PARLEY_AUDIT_BINARY) + " " + arguments + " >" + (directory.path() / "out").string() + " 2>&1";
        const int status = std::system(command.c_str());
        return WEXITSTATUS(status);
    }
    std::string printed() const {
        std::ifstream stream(directory.path() / "out");
        return {std::istreambuf_iterator<char>(stream), {}};
    }

    support::TemporaryDirectory directory;
    UserId user{9};
    RoomId room;
    std::unique_ptr<store::Writer> writer;
    std::vector<Sequence> sequences;
    std::optional<EventLog> log;
    event_log::ClientNumber ana = 0;
    event_log::ClientNumber bo = 0;
    Audit last;
};

}  // namespace parley::audit
