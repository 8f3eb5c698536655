using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Strategies;

/// <summary>
/// A random walk with new weights for each schedule (swarm testing: Groce et al., ISSTA 2012): for tasks, messages,
/// timers, disks and the environment, for a slow server, and, through the scenario, for the kinds of faults. A single
/// set of weights keeps producing the same kind of schedule; many sets produce many kinds.
/// </summary>
public sealed class SwarmStrategy : RandomizedStrategy
{
    private readonly int[] _weights = new int[ReadyOperations.Kinds];
    private int _slowActor;
    private int _reluctance;

    /// <inheritdoc />
    public override string Name => "swarm";

    /// <inheritdoc />
    public override bool DrawsFaultMix => true;

    /// <inheritdoc />
    public override void Begin(ulong seed, int servers, int expectedSteps)
    {
        base.Begin(seed, servers, expectedSteps);

        // Powers of two: eager tasks keep servers busy, reluctant timers let messages arrive before the next election.
        _weights[(int)OperationKind.Continuation] = 64 << Random.Next(6);
        _weights[(int)OperationKind.Message] = 16 << Random.Next(6);
        _weights[(int)OperationKind.Timer] = 1 << Random.Next(6);
        _weights[(int)OperationKind.Disk] = 8 << Random.Next(7);
        _weights[(int)OperationKind.Environment] = 1 << Random.Next(7);
        _slowActor = Random.Next(2) == 0 ? 1 + Random.Next(servers) : -1;
        _reluctance = 2 + Random.Next(14);
    }

    /// <inheritdoc />
    public override int ChooseOperation(ReadyOperations ready, int step)
    {
        ArgumentNullException.ThrowIfNull(ready);
        for (int attempt = 0; ; attempt++)
        {
            OperationKind kind = ChooseKind(ready);
            int index = Random.Next(ready.CountOf(kind));
            if (attempt == 3 || ready.ActorOf(kind, index) != _slowActor || Random.Next(_reluctance) == 0)
            {
                return ready.ChoiceOf(kind, index);
            }
        }
    }

    private OperationKind ChooseKind(ReadyOperations ready)
    {
        int total = 0;
        for (int i = 0; i < ReadyOperations.Kinds; i++)
        {
            total += ready.CountOf((OperationKind)i) * _weights[i];
        }

        int pick = Random.Next(total);
        for (int i = 0; ; i++)
        {
            pick -= ready.CountOf((OperationKind)i) * _weights[i];
            if (pick < 0)
            {
                return (OperationKind)i;
            }
        }
    }
}
