using Raft.Verified.Simulation;
using Xunit;

namespace Raft.Verified.Tests.Exploration;

/// <summary>The calls that a server still owes an answer.</summary>
public sealed class PendingCallsTests
{
    private readonly PendingCalls _calls = new();
    private readonly TaskCompletionSource _first = new();
    private readonly TaskCompletionSource _second = new();

    [Fact]
    public void The_oldest_call_without_an_answer_is_named()
    {
        _calls.Add(CallKind.Read, _first.Task);
        _calls.Add(CallKind.Compaction, _second.Task);
        Assert.Equal(CallKind.Read, _calls.FirstUnanswered());
        _first.SetResult();
        Assert.Equal(CallKind.Compaction, _calls.FirstUnanswered());
        _second.SetException(new InvalidOperationException("refused"));
        _ = _second.Task.Exception;
        Assert.Null(_calls.FirstUnanswered());
        Assert.Equal(0, _calls.Count());
    }

    [Fact]
    public void Proposals_and_calls_that_somebody_else_completes_can_be_left_out()
    {
        _calls.Add(CallKind.Proposal, _first.Task);
        _calls.Add(CallKind.Read, _second.Task, isDirect: false);
        Assert.Equal(CallKind.Read, _calls.FirstUnanswered(ignoreProposals: true));
        Assert.Equal(CallKind.Proposal, _calls.FirstUnanswered(directOnly: true));
        Assert.Null(_calls.FirstUnanswered(ignoreProposals: true, directOnly: true));
        Assert.Equal((2, 1), (_calls.Count(), _calls.Count(CallKind.Read)));
    }
}
