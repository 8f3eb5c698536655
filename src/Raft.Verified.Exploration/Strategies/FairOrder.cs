using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Strategies;

/// <summary>
/// The fair order, which continues a run without exploring. The oldest of the enabled operations runs, and values are
/// drawn at random from one fixed seed. Draws are random, because servers that always drew the same timeouts would
/// split their votes for ever.
/// </summary>
public sealed class FairOrder
{
    private SplitMix _random = new(1);

    /// <summary>Returns the choice that stands for the oldest operation.</summary>
    /// <param name="ready">The enabled operations; at least one.</param>
    public static int ChooseOperation(ReadyOperations ready)
    {
        ArgumentNullException.ThrowIfNull(ready);
        (int choice, int oldest, int position) = (0, int.MaxValue, 0);
        for (OperationKind kind = 0; (int)kind < ReadyOperations.Kinds; kind++)
        {
            foreach (ref readonly PendingOperation candidate in ready[kind].Items)
            {
                if (candidate.Order < oldest)
                {
                    (choice, oldest) = (position, candidate.Order);
                }

                position++;
            }
        }

        return choice;
    }

    /// <summary>Draws a value from 0 to <paramref name="bound"/> - 1.</summary>
    public int ChooseValue(int bound) => _random.Next(bound);

    /// <summary>Decides whether an event of this probability happens.</summary>
    public bool ChooseFault(double probability) => _random.Happens(probability);
}
