// A whole server in this process on a free port, and a crowd that talks to it over real sockets.
#pragma once

#include <gtest/gtest.h>

#include "app/server.hpp"
#include "served/crowd.hpp"
#include "support/temporary_directory.hpp"

namespace parley::served {

class ServedChat : public testing::Test {
  protected:
    void SetUp() override { serve(); }

    void serve(std::uint16_t port = 0) {
        app::Settings settings;
        settings.port = port;
        settings.data = directory.path().string();
        settings.threads = 3;
        settings.profile = app::RunProfile::bench;
        server = std::make_unique<app::Server>(settings);
        const auto error = server->start([] {});
        ASSERT_EQ(error, "");
    }
    [[nodiscard]] std::string socket_url() const { return "ws" + server->url().substr(4) + "/ws"; }

    support::TemporaryDirectory directory;
    std::unique_ptr<app::Server> server;
};

}  // namespace parley::served
