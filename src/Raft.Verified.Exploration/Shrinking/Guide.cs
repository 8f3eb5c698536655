using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Shrinking;

/// <summary>A list of operations to run in this order, as far as they exist.</summary>
internal abstract class Guide
{
    /// <summary>The number of operations in the list.</summary>
    public abstract int Count { get; }

    /// <summary>Begins another step, whose operation is to be chosen.</summary>
    public virtual void BeginStep()
    {
    }

    /// <summary>Returns the values to draw in an operation.</summary>
    public abstract IReadOnlyList<RecordedDraw> DrawsOf(int index);

    /// <summary>Finds an operation of the list among the enabled ones.</summary>
    /// <returns>The choice; negative when neither the operation nor a similar one is enabled.</returns>
    public abstract int Find(ReadyOperations ready, int index);

    /// <summary>Finds the enabled operation that comes first in the list.</summary>
    /// <param name="ready">The enabled operations.</param>
    /// <param name="from">The position in the list to search from.</param>
    /// <returns>
    /// The choice and its position in the list; the choice is negative when no enabled operation is in the list.
    /// </returns>
    public abstract (int Choice, int Index) FindFirst(ReadyOperations ready, int from);
}
