
namespace Raft.Verified.Exploration.Runtime;

/// <summary>The enabled operations, grouped by kind. A choice is a position in the groups, one after the other.</summary>
public sealed class ReadyOperations
{
    /// <summary>The number of kinds.</summary>
    public const int Kinds = (int)OperationKind.Environment + 1;

    private readonly OperationSet[] _sets = [new(), new(), new(), new(), new()];

    /// <summary>How many operations are enabled.</summary>
    public int Count => _sets[0].Count + _sets[1].Count + _sets[2].Count + _sets[3].Count + _sets[4].Count;

    internal OperationSet this[OperationKind kind] => _sets[(int)kind];

    /// <summary>How many operations of a kind are enabled.</summary>
    public int CountOf(OperationKind kind) => _sets[(int)kind].Count;

    /// <summary>The choice that is the <paramref name="index"/>-th operation of a kind.</summary>
    public int ChoiceOf(OperationKind kind, int index)
    {
        for (int i = 0; i < (int)kind; i++)
        {
            index += _sets[i].Count;
        }

        return index;
    }

    /// <summary>The server that the <paramref name="index"/>-th operation of a kind concerns; 0 for none.</summary>
    public int ActorOf(OperationKind kind, int index) => _sets[(int)kind][index].Actor;

    /// <summary>The chain of causes that the operation belongs to.</summary>
    public int ChainOf(OperationKind kind, int index) => _sets[(int)kind][index].Chain;

    /// <summary>
    /// Which operation it is: by the same number in every run of the scenario in which its causes are the same, whatever else was done before, between or
    /// besides them.
    /// </summary>
    public ulong IdentityOf(OperationKind kind, int index) => _sets[(int)kind][index].Identity;

    /// <summary>How many operations were made before it: of two, the one with the smaller number is the older one.</summary>
    public int OrderOf(OperationKind kind, int index) => _sets[(int)kind][index].Order;

    /// <summary>When it is due in virtual time, in ticks. Untimed schedules may run it before.</summary>
    public long DueOf(OperationKind kind, int index) => _sets[(int)kind][index].Due;

    internal OperationKind KindAt(int choice)
    {
        OperationKind kind = 0;
        for (; choice >= CountOf(kind); kind++)
        {
            choice -= CountOf(kind);
        }

        return kind;
    }

    internal ref PendingOperation At(int choice)
    {
        foreach (OperationSet set in _sets)
        {
            if (choice < set.Count)
            {
                return ref set[choice];
            }

            choice -= set.Count;
        }

        throw new ArgumentOutOfRangeException(nameof(choice), "no such operation is enabled");
    }

    internal PendingOperation Remove(int choice)
    {
        foreach (OperationSet set in _sets)
        {
            if (choice < set.Count)
            {
                return set.RemoveAt(choice);
            }

            choice -= set.Count;
        }

        throw new ArgumentOutOfRangeException(nameof(choice), "no such operation is enabled");
    }
}
