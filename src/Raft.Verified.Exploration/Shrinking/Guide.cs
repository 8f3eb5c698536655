using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Shrinking;

/// <summary>A list of operations to run in this order, as far as they exist.</summary>
internal abstract class Guide
{
    /// <summary>How many operations there are.</summary>
    public abstract int Count { get; }

    /// <summary>Another step is to be chosen.</summary>
    public virtual void BeginStep()
    {
    }

    /// <summary>The values to draw in an operation.</summary>
    public abstract IReadOnlyList<RecordedDraw> DrawsOf(int index);

    /// <summary>Finds the operation among those enabled.</summary>
    /// <returns>The choice; negative when it is not there, nor one that is like it.</returns>
    public abstract int Find(ReadyOperations ready, int index);

    /// <summary>Finds, among those enabled, the one that comes first in the list.</summary>
    /// <param name="ready">The enabled operations.</param>
    /// <param name="from">Where the list begins that is looked at.</param>
    /// <returns>The choice, negative when none of them is in the list, and where it is there.</returns>
    public abstract (int Choice, int Index) FindFirst(ReadyOperations ready, int from);
}
