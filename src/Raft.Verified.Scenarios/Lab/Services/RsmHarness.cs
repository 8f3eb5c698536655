using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Server;
using Raft.Verified.Simulation;

namespace Raft.Verified.Scenarios.Lab.Services;

/// <summary>
/// The harness of the rsm tests. Submit is a direct call of <see cref="RaftServer.ProposeAsync"/>, without a network.
/// </summary>
internal sealed class RsmHarness(SimulatedCluster cluster, ServiceTest test) : ServiceHarness(cluster, test)
{
    private const int SubmitMs = 10_000;
    private const int RoundPauseMs = 50;
    private const int Looks = 30;
    private int _leader;

    /// <summary>Offers Inc to servers for at most ten seconds, beginning with the last leader.</summary>
    /// <param name="servers">The servers to ask; all servers when the list is empty.</param>
    /// <returns>The sum after the increment.</returns>
    public async Task<long> IncAsync(params int[] servers)
    {
        int[] asked = servers.Length > 0 ? servers : [.. Enumerable.Range(0, Count)];
        TimeSpan until = Now + TimeSpan.FromMilliseconds(SubmitMs);
        while (Now < until)
        {
            int first = Math.Max(0, Array.IndexOf(asked, _leader));
            for (int i = 0; i < asked.Length; i++)
            {
                int server = asked[(first + i) % asked.Length];
                if (await SubmitAsync(server, CounterCommand.Inc) is { } sum)
                {
                    _leader = server;
                    return sum;
                }
            }

            await SleepAsync(RoundPauseMs);
        }

        throw Failure($"no server carried out Inc within {SubmitMs} ms");
    }

    /// <summary>Submits a command to one server; null when the server refuses it.</summary>
    public async Task<long?> SubmitAsync(int server, CounterCommand command)
    {
        if (Cluster.Servers[server].Server is not { } raft)
        {
            return null;
        }

        Task<ProposalResult> proposal = raft.ProposeAsync(CounterMachine.Encode(command));
        await Tasks.AnyAsync(proposal);
        return proposal.IsCompletedSuccessfully ? CounterMachine.Decode((await proposal).Result) : null;
    }

    /// <summary>Submits many commands at once.</summary>
    public Task<long?>[] SubmitMany(int count, int server, CounterCommand command)
    {
        Task<long?>[] submitted = new Task<long?>[count];
        for (int i = 0; i < count; i++)
        {
            submitted[i] = SubmitAsync(server, command);
        }

        return submitted;
    }

    /// <summary>Waits about half a minute until a number of servers hold exactly this sum.</summary>
    public async Task CheckCounterAsync(long sum, int servers)
    {
        int pause = 10;
        for (int look = 0; look < Looks && Holding(sum) < servers; look++)
        {
            await SleepAsync(pause);
            pause = pause < 1000 ? pause * 2 : pause;
        }

        Require(Holding(sum) >= servers, $"{Holding(sum)} servers hold {sum}; expected {servers}");
    }

    /// <summary>Shuts down all servers gracefully, like the labs' Kill.</summary>
    public Task ShutDownAsync() => Tasks.AllAsync([.. Cluster.Servers.Select(server => server.StopAsync())]);

    /// <summary>Starts all servers from their disks.</summary>
    public async Task StartAllAsync()
    {
        Cluster.StartAll();
        await Cluster.UntilAsync(() => Cluster.Servers.All(server => server.Server is not null));
    }

    private int Holding(long sum) => Cluster.Servers.Count(server => server.StateMachine is CounterMachine counter && counter.Value == sum);
}
