
namespace Raft.Verified.Exploration.Runtime;

/// <summary>The enabled operations, grouped by kind. A choice is a position in the concatenated groups.</summary>
public sealed class ReadyOperations
{
    /// <summary>The number of kinds.</summary>
    public const int Kinds = (int)OperationKind.Environment + 1;

    private readonly OperationSet[] _sets = [new(), new(), new(), new(), new()];

    /// <summary>The number of enabled operations.</summary>
    public int Count => _sets[0].Count + _sets[1].Count + _sets[2].Count + _sets[3].Count + _sets[4].Count;

    internal OperationSet this[OperationKind kind] => _sets[(int)kind];

    /// <summary>Returns the number of enabled operations of a kind.</summary>
    public int CountOf(OperationKind kind) => _sets[(int)kind].Count;

    /// <summary>Returns the choice that stands for the <paramref name="index"/>-th operation of a kind.</summary>
    public int ChoiceOf(OperationKind kind, int index)
    {
        for (int i = 0; i < (int)kind; i++)
        {
            index += _sets[i].Count;
        }

        return index;
    }

    /// <summary>
    /// Returns the server that the <paramref name="index"/>-th operation of a kind concerns; 0 for none.
    /// </summary>
    public int ActorOf(OperationKind kind, int index) => _sets[(int)kind][index].Actor;

    /// <summary>Returns the chain of causes that the operation belongs to.</summary>
    public int ChainOf(OperationKind kind, int index) => _sets[(int)kind][index].Chain;

    /// <summary>
    /// Returns the identity of the operation. It is the same in every run of the scenario in which the operation's
    /// causes are the same. Other operations before, between or beside the causes do not matter.
    /// </summary>
    public ulong IdentityOf(OperationKind kind, int index) => _sets[(int)kind][index].Identity;

    /// <summary>
    /// Returns the number of operations that were created before it. The older of two operations has the smaller
    /// number.
    /// </summary>
    public int OrderOf(OperationKind kind, int index) => _sets[(int)kind][index].Order;

    /// <summary>Returns the virtual time at which it is due, in ticks. Untimed schedules may run it earlier.</summary>
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
