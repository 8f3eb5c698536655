using Raft.Verified.Protocol;
using Raft.Verified.Storage;
using Xunit;

namespace Raft.Verified.Tests.Server;

public sealed class InMemoryStorageTests
{
    private readonly InMemoryStorage _storage = new();

    [Fact]
    public async Task A_new_storage_is_that_of_a_new_server()
    {
        DurableState state = await _storage.LoadAsync();

        Assert.Equal((Term.Zero, ServerId.None), (state.CurrentTerm, state.VotedFor));
        Assert.Null(state.Snapshot);
        Assert.Empty(state.Entries);
    }

    [Fact]
    public async Task A_restart_finds_term_vote_and_log()
    {
        await _storage.WriteAsync([new DurableWrite { Id = new WriteId(1), TermAndVote = (new Term(3), new ServerId(2)) }, Write(2, term: 1, 1, 2, 3)]);
        await _storage.WriteAsync([Write(3, term: 3, 2, 3)]);

        DurableState state = await _storage.LoadAsync();

        Assert.Equal((new Term(3), new ServerId(2)), (state.CurrentTerm, state.VotedFor));
        Assert.Equal(["1/1", "2/3", "3/3"], state.Entries.Select(entry => $"{entry.Index}/{entry.Term}"));
    }

    [Theory]
    [InlineData(true, new long[] { 3, 4 })]
    [InlineData(false, new long[] { 4 })]
    public async Task A_snapshot_cuts_the_log(bool keepSuffix, long[] log)
    {
        Snapshot snapshot = new(new LogIndex(2), new Term(1), default);
        await _storage.WriteAsync([Write(1, term: 1, 1, 2, 3)]);

        await _storage.WriteAsync([new DurableWrite { Id = new WriteId(2), Snapshot = snapshot, KeepSuffix = keepSuffix }, Write(3, term: 1, 4)]);

        DurableState state = await _storage.LoadAsync();
        Assert.Same(snapshot, state.Snapshot);
        Assert.Equal(log, state.Entries.Select(entry => entry.Index.Value));
    }

    [Fact]
    public async Task A_log_with_a_gap_is_refused()
    {
        await _storage.WriteAsync([Write(1, term: 1, 1)]);

        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(async () => await _storage.WriteAsync([Write(2, term: 1, 3)]));

        Assert.Equal("the log in memory ends at 1; a write from 3 would leave a gap", refusal.Message);
    }

    private static DurableWrite Write(long id, long term, params long[] entries) => new()
    {
        Id = new WriteId(id),
        LogFrom = new LogIndex(entries[0]),
        Entries = entries.Select(index => new LogEntry(new Term(term), new LogIndex(index), EntryKind.Empty, default)).ToArray(),
    };
}
