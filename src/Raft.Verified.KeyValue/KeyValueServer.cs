using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.KeyValue;

/// <summary>
/// The key/value service of one server. It proposes commands and answers with their results, and it reads without the
/// log. It answers with a failure when it cannot serve a request. The server compacts its log by itself
/// (<see cref="RaftOptions.SnapshotBytes"/>). The service is safe for concurrent use.
/// </summary>
/// <param name="raft">The server, which applies to <paramref name="machine"/>.</param>
/// <param name="machine">The state machine of the server.</param>
public sealed class KeyValueServer(RaftServer raft, KeyValueStateMachine machine)
{
    /// <summary>Answers a request. Faults of clients or of the cluster never cause an exception.</summary>
    /// <param name="request">The request: a command for the log, or a key to read.</param>
    /// <returns>The reply of the store, or the reason for which there is none.</returns>
    public Task<KeyValueResponse> HandleAsync(KeyValueRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Command is { } command ? ProposeAsync(command) : ReadAsync(request.Key);
    }

    private async Task<KeyValueResponse> ProposeAsync(KeyValueCommand command)
    {
        if (!machine.Limits.Allow(command))
        {
            return new KeyValueResponse(new KeyValueReply(KeyValueStatus.TooLarge));
        }

        Task<ProposalResult> proposal = raft.ProposeAsync(KeyValueEncoding.Encode(command));
        await Settled.Of(proposal);
        if (proposal.IsCompletedSuccessfully)
        {
            return new KeyValueResponse(KeyValueEncoding.DecodeReply((await proposal).Result.Span));
        }

        return proposal.Exception?.InnerException is ProposalRefusedException refusal
            ? new KeyValueResponse(null, refusal.HasNoEffect ? KeyValueFailure.NoEffect : KeyValueFailure.OutcomeUnknown, refusal.Leader)
            : new KeyValueResponse(null, KeyValueFailure.OutcomeUnknown);
    }

    private async Task<KeyValueResponse> ReadAsync(string key)
    {
        Task<ReadResult<KeyValueReply>> read = raft.ReadAsync(() => machine.Get(key));
        await Settled.Of(read);
        if (read.IsCompletedSuccessfully)
        {
            return new KeyValueResponse((await read).Value);
        }

        ServerId leader = (read.Exception?.InnerException as ReadRefusedException)?.Leader ?? ServerId.None;
        return new KeyValueResponse(null, KeyValueFailure.NoEffect, leader);
    }
}
