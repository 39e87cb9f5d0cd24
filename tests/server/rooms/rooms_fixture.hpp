// The rooms of one shard over a real store whose reads can be made to fail, and one listener.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "seeded_server/failing_reads.hpp"
#include "seeded_server/seeded_server.hpp"
#include "seeded_server/server_modules.hpp"
#include "sqlite/sqlite_backend.hpp"
#include "support/temporary_directory.hpp"

namespace parley::rooms {

class RoomsFixture : public testing::Test {
  protected:
    void SetUp() override {
        auto opened = sqlite::SqliteBackend::open(directory_.path());
        ASSERT_TRUE(opened.has_value()) << opened.error();
        backend_ = std::move(*opened);
        room_ = backend_->open_reader().value()->directory({}, 1)->rooms.front().id;
        failing_ = std::make_unique<support::FailingReadsBackend>(*backend_);
        modules_ = std::make_unique<support::ServerModules>(*failing_, shards_, 1, support::ServerModules::Rules{});
        modules_->rooms().enter(listener_, UserId(1));
    }
    void idle() {
        while (shards_.run_until_idle() > 0 || modules_->store().has_work()) {
            if (modules_->store().has_work()) modules_->store().run_one();
        }
    }
    void visit(std::move_only_function<void(RoomContext)> call) {
        modules_->rooms().on_room(room_, [call = std::move(call)](auto found) mutable { call(*found); });
        idle();
    }

    support::TemporaryDirectory directory_{support::TemporaryDirectory::Where::memory};
    std::unique_ptr<store::Backend> backend_;
    std::unique_ptr<support::FailingReadsBackend> failing_;
    support::SeededShards shards_{1, 1};
    std::unique_ptr<support::ServerModules> modules_;
    support::MemoryConnection listener_{shard::ShardId{0}, net::ConnectionId(1)};
    RoomId room_;
};

}  // namespace parley::rooms
