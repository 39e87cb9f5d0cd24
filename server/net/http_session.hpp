// HTTP/1.1 on one stream: one request after the other, each answered from memory that never changes, until one becomes
// a WebSocket. Reads nothing while an answer is under way. Owned by its stream; there only while HTTP is spoken.
#pragma once

#include "net/http_answer.hpp"
#include "net/http_head.hpp"
#include "net/stream.hpp"

namespace parley::net {

struct WebFile;
struct HttpPage;

class HttpSession final : public StreamUser {
  public:
    explicit HttpSession(Stream& stream);

    [[nodiscard]] std::size_t room() const override;
    void on_bytes(std::string_view bytes) override;
    void on_end() override;
    void on_taken() override;
    void on_turn() override {}
    void on_sweep(shard::MonotonicTime now) override;
    void on_stop() override;

  private:
    void serve();
    void answer_request(const RequestHead& head);
    void route(const RequestHead& head, const std::string& path);
    void answer_page(const RequestHead& head, const HttpPage& page);
    void answer_file(const RequestHead& head, const WebFile& file);
    void upgrade(const RequestHead& head);
    // A short text of ours; nothing of the request is in it.
    void refuse(unsigned status, std::string_view text, bool keeps_alive, std::string_view further_fields = {});
    void send(AnswerHead head, std::string_view body, bool body_outlives_us);
    [[nodiscard]] bool still_arriving(shard::MonotonicTime now);
    [[nodiscard]] Peer describe_peer(const RequestHead& head) const;

    Stream& stream_;
    HeadParser parser_;
    shard::MonotonicTime since_;      // the wait for a head, or the last progress of an answer
    std::size_t unacknowledged_ = 0;  // at the last sweep
    bool was_answered_ = false;       // at least once
    bool is_answering_ = false;
    bool keeps_alive_ = true;
    bool is_head_request_ = false;
    bool is_upgraded_ = false;
};

}  // namespace parley::net
