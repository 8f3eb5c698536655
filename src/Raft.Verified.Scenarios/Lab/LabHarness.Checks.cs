namespace Raft.Verified.Scenarios.Lab;

// The labs' checks, with their time limits.
public sealed partial class LabHarness
{
    private const int LeaderRounds = 10;
    private const int AgreementMs = 10_000;
    private const int CommitMs = 2_000;
    private const int CommitPollMs = 20;
    private const int RefusedPauseMs = 50;
    private const int WaitLooks = 30;
    private const int WaitFirstMs = 10;
    private const int WaitDoublingBelowMs = 1_000;

    /// <summary>Waits about five seconds for a connected leader. Two leaders of one term are a failure.</summary>
    /// <returns>The number of the leader of the newest term.</returns>
    public async Task<int> CheckOneLeaderAsync()
    {
        for (int round = 0; round < LeaderRounds; round++)
        {
            await SleepAsync(450 + Random(100, "ms until leaders are looked for"));
            (int leader, string? wrong) = NewestLeader([.. _servers.Select((server, i) => _connected[i] ? server.GetState() : default)]);
            RequireNothingWrong(wrong);
            if (leader >= 0)
            {
                return leader;
            }
        }

        throw Failure("expected one leader, got none");
    }

    /// <summary>
    /// Returns the server with the newest term among those that believe to lead; -1 when there is none. Two servers of
    /// one term are an error.
    /// </summary>
    internal static (int Leader, string? Wrong) NewestLeader(IReadOnlyList<(long Term, bool IsLeader)> states)
    {
        int newest = -1;
        for (int server = 0; server < states.Count; server++)
        {
            for (int other = 0; states[server].IsLeader && other < server; other++)
            {
                if (states[other] == states[server])
                {
                    return (-1, $"term {states[server].Term} has two leaders, S{other + 1} and S{server + 1}");
                }
            }

            if (states[server].IsLeader && (newest < 0 || states[server].Term > states[newest].Term))
            {
                newest = server;
            }
        }

        return (newest, null);
    }

    /// <summary>Checks that all connected servers are in the same term, and returns the term.</summary>
    public long CheckTerms()
    {
        long? agreed = null;
        for (int server = 0; server < Count; server++)
        {
            if (_connected[server])
            {
                long term = _servers[server].GetState().Term;
                agreed ??= term;
                Require(term == agreed, $"servers disagree on the term: {agreed} and {term}");
            }
        }

        return agreed ?? 0;
    }

    /// <summary>Checks that no connected server claims to lead.</summary>
    public void CheckNoLeader()
    {
        for (int server = 0; server < Count; server++)
        {
            Require(!_connected[server] || !_servers[server].GetState().IsLeader, $"expected no leader among connected servers, but S{server + 1} claims to be leader");
        }
    }

    /// <summary>
    /// Returns the number of servers that have applied a command at an index, and the command. It counts all servers,
    /// up or down, connected or not.
    /// </summary>
    /// <param name="index">The index; at least 1.</param>
    public (int Count, ReadOnlyMemory<byte> Command) Committed(long index)
    {
        (int count, ReadOnlyMemory<byte> command, string? wrong) = _records.Committed(index);
        RequireNothingWrong(wrong);
        return (count, command);
    }

    /// <summary>Checks that no server has applied a command at an index.</summary>
    /// <param name="index">The index; at least 1.</param>
    public void CheckNothingCommitted(long index)
    {
        int count = Committed(index).Count;
        Require(count == 0, $"index {index} is committed on {count} servers; expected none");
    }

    /// <summary>
    /// Offers a command to the connected servers, one after the other, until one accepts it. Then enough servers must
    /// apply it within two seconds. The method gives up after ten seconds, or without retries at the first accepted
    /// command that was not applied in time. With retries a command may be applied twice.
    /// </summary>
    /// <param name="command">The command to offer.</param>
    /// <param name="expected">The number of servers that must apply it.</param>
    /// <param name="retry">True to offer the command again when it was not applied in time.</param>
    /// <returns>The index of the command.</returns>
    public async Task<long> OneAsync(ReadOnlyMemory<byte> command, int expected, bool retry = false)
    {
        TimeSpan until = _cluster.Simulation.Now + TimeSpan.FromMilliseconds(AgreementMs);
        int next = 0;
        while (_cluster.Simulation.Now < until)
        {
            long index = 0;
            for (int tried = 0; tried < Count && index == 0; tried++)
            {
                next = After(next, 1);
                if (_connected[next])
                {
                    index = (await _servers[next].StartAsync(command)).Index;
                }
            }

            if (index == 0)
            {
                await SleepAsync(RefusedPauseMs);
            }
            else if (await IsCommittedSoonAsync(command, index, expected))
            {
                return index;
            }
            else if (!retry)
            {
                break;
            }
        }

        throw Failure($"{LabCommand.Describe(command)} failed to reach agreement on {expected} servers");
    }

    /// <summary>Offers a number, like <see cref="OneAsync(ReadOnlyMemory{byte}, int, bool)"/>.</summary>
    /// <param name="command">The number to offer.</param>
    /// <param name="expected">The number of servers that must apply it.</param>
    /// <param name="retry">True to offer the command again when it was not applied in time.</param>
    public Task<long> OneAsync(int command, int expected, bool retry = false) => OneAsync(LabCommand.Of(command), expected, retry);

    /// <summary>
    /// Offers a random command with retries, like <see cref="OneAsync(ReadOnlyMemory{byte}, int, bool)"/>.
    /// </summary>
    /// <param name="expected">The number of servers that must apply it.</param>
    public Task<long> OneRandomAsync(int expected) => OneAsync(RandomCommand(), expected, retry: true);

    /// <summary>Offers random commands to one server, which need not accept them.</summary>
    /// <param name="server">The number of the server, from 0.</param>
    /// <param name="count">The number of commands.</param>
    public async Task StartRandomAsync(int server, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await _servers[server].StartAsync(RandomCommand());
        }
    }

    /// <summary>Waits about half a minute until enough servers have applied a command at an index.</summary>
    /// <param name="index">The index.</param>
    /// <param name="expected">The required number of servers.</param>
    /// <param name="term">The term that must not end before; null when the term may change.</param>
    /// <returns>The command; null when a server is in a later term.</returns>
    public async Task<ReadOnlyMemory<byte>?> WaitAsync(long index, int expected, long? term = null)
    {
        int pause = WaitFirstMs;
        for (int look = 0; look < WaitLooks && Committed(index).Count < expected; look++)
        {
            await SleepAsync(pause);
            pause = pause < WaitDoublingBelowMs ? pause * 2 : pause;
            if (term is not null && _servers.Any(server => server.GetState().Term > term))
            {
                return null;
            }
        }

        (int count, ReadOnlyMemory<byte> command) = Committed(index);
        Require(count >= expected, $"only {count} servers have applied index {index}; expected {expected}");
        return command;
    }

    private async Task<bool> IsCommittedSoonAsync(ReadOnlyMemory<byte> command, long index, int expected)
    {
        TimeSpan until = _cluster.Simulation.Now + TimeSpan.FromMilliseconds(CommitMs);
        while (_cluster.Simulation.Now < until)
        {
            (int count, ReadOnlyMemory<byte> committed) = Committed(index);
            if (count > 0 && count >= expected && committed.Span.SequenceEqual(command.Span))
            {
                return true;
            }

            await SleepAsync(CommitPollMs);
        }

        return false;
    }
}
