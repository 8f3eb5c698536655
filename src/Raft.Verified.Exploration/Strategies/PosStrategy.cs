using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Strategies;

/// <summary>
/// Partial-order sampling (Yuan, Yang, Gu, CAV 2018): every pending operation has a random priority, the highest runs,
/// and those that depend on it draw a new one. All orders of dependent operations then become about equally likely. A
/// random walk prefers the orders that many interleavings lead to.
/// </summary>
public sealed class PosStrategy : RandomizedStrategy
{
    private const ulong High = 1UL << 63;

    // The number of steps per actor. A priority is a hash of the operation and of the steps it depends on, so it changes
    // whenever one of them runs.
    private int[] _steps = [];
    private ulong _salt;
    private ulong _reluctance;

    /// <inheritdoc />
    public override string Name => "pos";

    /// <inheritdoc />
    public override bool DrawsFaultMix => true;

    /// <inheritdoc />
    public override void Begin(ulong seed, int servers, int expectedSteps)
    {
        base.Begin(seed, servers, expectedSteps);
        _steps = new int[servers + 1];
        _salt = Random.Next();

        // Timers are always enabled and always restarted. Few of their priorities are in the range of the messages; the others
        // are below it.
        _reluctance = (1UL << (2 * Random.Next(6))) - 1;
    }

    /// <inheritdoc />
    public override int ChooseOperation(ReadyOperations ready, int step)
    {
        ArgumentNullException.ThrowIfNull(ready);
        (int choice, int actor, ulong highest) = (0, 0, 0);
        int position = 0;
        for (OperationKind kind = 0; (int)kind < ReadyOperations.Kinds; kind++)
        {
            foreach (ref readonly PendingOperation operation in ready[kind].Items)
            {
                ulong priority = PriorityOf(in operation, kind);
                if (priority > highest)
                {
                    (choice, actor, highest) = (position, operation.Actor, priority);
                }

                position++;
            }
        }

        _steps[actor]++;
        return choice;
    }

    // Operations of one server depend on each other. An operation of the environment may concern any server. It keeps its own
    // priority while it waits, because it would otherwise run soon in every schedule.
    private ulong PriorityOf(in PendingOperation operation, OperationKind kind)
    {
        int steps = operation.Actor == 0 ? _steps[0] : _steps[0] + _steps[operation.Actor];
        ulong mixed = (operation.Identity ^ _salt ^ ((ulong)steps << 32)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 29)) * 0x94D049BB133111EBUL;
        mixed ^= mixed >> 32;
        bool low = kind is OperationKind.Timer or OperationKind.Environment && (mixed & _reluctance) != 0;
        return low ? mixed >> 1 : (mixed >> 1) | High;
    }
}
