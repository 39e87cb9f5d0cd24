// A whole server: makes every owner, in the order in which they need each other, and ends them in the reverse order.
// One per process; started and stopped by one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "app/settings.hpp"

namespace parley::app {

class Server {
  public:
    explicit Server(Settings settings);
    ~Server();

    // Takes the data directory, opens the store, listens. The error is for whoever started it: what is wrong and what
    // to do. Empty: it runs. `failed` is called from any thread if the server cannot go on (the store cannot be
    // settled).
    [[nodiscard]] std::string start(std::function<void()> failed);
    [[nodiscard]] std::string url() const;  // "http://127.0.0.1:8080", with the real port
    // While the store has no owner: the code of her one-time link, for whoever started the server. Not logged, not
    // kept.
    [[nodiscard]] const std::string& owner_code() const;
    // In order: accepts nobody, closes everybody with 1001 after what is queued for them, commits what is queued, ends.
    void stop();

  private:
    class Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace parley::app
