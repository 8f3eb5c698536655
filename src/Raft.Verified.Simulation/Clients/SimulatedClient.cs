using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Specifications;
using Raft.Verified.StateMachines;

namespace Raft.Verified.Simulation;

/// <summary>
/// A client of the cluster. It finds the leader, gives up on servers that do not answer, and retries a command until it
/// has an answer. A command may therefore be in the log more than once; the state machine has to recognise it.
/// </summary>
public sealed class SimulatedClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);

    private readonly SimulatedCluster _cluster;
    private readonly ISimulatedProcess _process;
    private long _sequence;
    private int _target;

    internal SimulatedClient(SimulatedCluster cluster, ISimulatedProcess process, int number)
    {
        _cluster = cluster;
        _process = process;
        Number = number;
        _target = number % cluster.Servers.Count;
    }

    /// <summary>The client's number, from 1.</summary>
    public int Number { get; }

    /// <summary>Runs an action as this client's task.</summary>
    public Task Start(Func<Task> body) => _process.Start("client", body);

    /// <summary>Executes a command: proposes it until some server answers.</summary>
    /// <param name="command">
    /// A function that returns the command for the client's number and the operation's number.
    /// </param>
    public async Task<ProposalResult> ExecuteAsync(Func<int, long, ReadOnlyMemory<byte>> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        long sequence = ++_sequence;
        ClientOperation operation = new(Number, sequence, command(Number, sequence));
        Emit(EnvironmentEvents.ClientCalled(operation));
        while (true)
        {
            if (await TryAsync(operation) is { } answer)
            {
                operation.Answer = answer;
                Emit(EnvironmentEvents.ClientAnswered(operation));
                return answer;
            }

            await VirtualDelay.WaitAsync(_process.Time, Pause);
        }
    }

    /// <summary>Executes a typed command: proposes it until some server answers.</summary>
    /// <typeparam name="TCommand">The type of the commands.</typeparam>
    /// <typeparam name="TAnswer">The type of the answers.</typeparam>
    /// <param name="codec">The encoding, which must be that of the servers' state machine.</param>
    /// <param name="command">The command, for which the client does not identify its retries.</param>
    /// <exception cref="MalformedCommandException">The servers could not read the command.</exception>
    public Task<ProposalAnswer<TAnswer>> ExecuteAsync<TCommand, TAnswer>(RaftCodec<TCommand, TAnswer> codec, TCommand command) => ExecuteAsync(codec, (_, _) => command);

    /// <inheritdoc cref="ExecuteAsync{TCommand, TAnswer}(RaftCodec{TCommand, TAnswer}, TCommand)"/>
    /// <param name="codec">The encoding, which must be that of the servers' state machine.</param>
    /// <param name="command">
    /// A function that returns the command for the client's number and the operation's number, by which the state machine
    /// can recognise a retry.
    /// </param>
    public async Task<ProposalAnswer<TAnswer>> ExecuteAsync<TCommand, TAnswer>(RaftCodec<TCommand, TAnswer> codec, Func<int, long, TCommand> command)
    {
        ArgumentNullException.ThrowIfNull(codec);
        ArgumentNullException.ThrowIfNull(command);
        ProposalResult result = await ExecuteAsync((client, sequence) => codec.EncodeCommand(command(client, sequence)));
        return new(result.Term, result.Index, codec.DecodeAnswer(result.Result));
    }

    private async Task<ProposalResult?> TryAsync(ClientOperation operation)
    {
        SimulatedServer target = _cluster.Servers[_target];
        if (target.Server is { } server)
        {
            // Read before the call: the server may crash and restart while the call is made.
            PendingCalls calls = target.Calls;
            Task crashed = target.Crashed;
            using VirtualDelay patience = new(_process.Time, Patience, "patience");
            Task<ProposalResult> proposal = ProposeAsync(server, operation);
            calls.Add(CallKind.Proposal, proposal);
            await Tasks.AnyAsync(proposal, crashed, patience.Elapsed);
            if (proposal.IsCompletedSuccessfully)
            {
                return await proposal;
            }

            // Refusals are common here, and catching a thrown exception costs as much as a thousand steps.
            if (proposal.Exception?.InnerException is { } exception and not ProcessEndedException)
            {
                if (exception is not ProposalRefusedException refusal)
                {
                    throw new InvalidOperationException($"{target.Id} failed a proposal: {exception.Message}", exception);
                }

                if (!refusal.Leader.IsNone && refusal.Leader != target.Id)
                {
                    _target = refusal.Leader.Value - 1;
                    return null;
                }
            }
        }

        _target = (_target + 1) % _cluster.Servers.Count;
        return null;
    }

    // A process that ends in the middle of the call gives no answer, as if the connection were closed.
    private static Task<ProposalResult> ProposeAsync(RaftServer server, ClientOperation operation)
    {
        try
        {
            return server.ProposeAsync(operation.Command);
        }
        catch (ProcessEndedException ended)
        {
            return Task.FromException<ProposalResult>(ended);
        }
    }

    private void Emit(in RaftEvent raftEvent) => _cluster.Observer.OnEvent(in raftEvent);
}
