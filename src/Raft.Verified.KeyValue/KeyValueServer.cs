using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.KeyValue;

/// <summary>
/// The key/value service of one server: puts commands into the log and answers with what came out, reads without the log, and says so when it cannot.
/// The server compacts its log by itself (<see cref="RaftOptions.SnapshotBytes"/>). Safe for concurrent use.
/// </summary>
/// <param name="raft">The server, which applies to <paramref name="machine"/>.</param>
/// <param name="machine">Its state machine.</param>
public sealed class KeyValueServer(RaftServer raft, KeyValueStateMachine machine)
{
    /// <summary>Answers a request. Never throws for what a client can do or a cluster can suffer.</summary>
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

/// <summary>Waiting for a task to end, however it does. A refusal is common here, and one that is thrown costs as much as a thousand that are not.</summary>
internal static class Settled
{
    public static Task Of(Task task)
    {
        if (task.IsCompleted)
        {
            return Task.CompletedTask;
        }

        TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        task.GetAwaiter().UnsafeOnCompleted(() => settled.TrySetResult());
        return settled.Task;
    }
}
