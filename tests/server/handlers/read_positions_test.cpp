// A read position that the store cannot take at once is not lost.
#include "server_fixture.hpp"

namespace parley::support {
namespace {

// Any backend, whose transactions fail while it is told so.
class StubbornBackend final : public store::Backend {
  public:
    explicit StubbornBackend(store::Backend& inner) : inner_(inner) {}
    std::expected<std::unique_ptr<store::Writer>, store::StorageError> open_writer() override {
        return std::make_unique<Stubborn>(std::move(inner_.open_writer().value()), fails);
    }
    std::expected<std::unique_ptr<store::Reader>, store::StorageError> open_reader() override {
        return inner_.open_reader();
    }
    bool fails = false;

  private:
    class Stubborn final : public store::Writer {
      public:
        Stubborn(std::unique_ptr<store::Writer> inner, const bool& fails) : inner_(std::move(inner)), fails_(fails) {}
        std::expected<void, store::StorageError> begin() override {
            if (fails_) return std::unexpected(store::StorageError{"it will not", false});
            return inner_->begin();
        }
        std::expected<store::Outcome, store::StorageError> apply(const store::Change& change,
                                                                 store::Effects& effects) override {
            return inner_->apply(change, effects);
        }
        std::expected<void, store::StorageError> commit() override { return inner_->commit(); }
        void rollback() override { inner_->rollback(); }
        std::expected<store::LastCommit, store::StorageError> reopen() override { return inner_->reopen(); }

      private:
        std::unique_ptr<store::Writer> inner_;
        const bool& fails_;
    };
    store::Backend& inner_;
};

class ReadPositionsTest : public ServerFixture {};

TEST_F(ReadPositionsTest, APositionThatTheStoreRefusedForNowIsStoredLater) {
    server.reset();
    StubbornBackend stubborn(*backend);
    server = std::make_unique<SeededServer>(stubborn, 1);
    auto& ana = account("ana");
    auto& bo = account("bo");
    const auto room = room_of(ana);
    post(bo, room, "read me");
    idle();
    stubborn.fails = true;
    server->say(ana, MarkRead{room, {{}, Ordinal(1)}});
    idle();
    EXPECT_FALSE(ana.last<AccountEvents>());
    stubborn.fails = false;
    server->advance(limits::kMarkReadEvery);
    ASSERT_TRUE(ana.last<AccountEvents>());
    EXPECT_EQ(std::get<ReadMoved>(ana.last<AccountEvents>()->events.back().body).read.read, Ordinal(1));
    server.reset();
}

TEST_F(ReadPositionsTest, APositionThatComesTooFastIsStoredLater) {
    server->limit_rates();
    auto& ana = account("ana");
    auto& bo = account("bo");
    const auto room = room_of(ana);
    const auto marks = static_cast<std::uint64_t>(limits::kMarkRate.burst) + 10;
    for (std::uint64_t i = 0; i < marks; ++i) {
        post(bo, room, "read me");
        server->advance(std::chrono::seconds(1));
        server->say(bo, ConfirmResults{OutboxId(77), last_op});
    }
    idle();
    for (std::uint64_t read = 1; read <= marks; ++read) server->say(ana, MarkRead{room, {{}, Ordinal(read)}});
    idle();
    server->advance(std::chrono::seconds(5));
    EXPECT_EQ(std::get<ReadMoved>(ana.last<AccountEvents>()->events.back().body).read.read, Ordinal(marks));
}

}  // namespace
}  // namespace parley::support
