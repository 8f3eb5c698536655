namespace Raft.Verified.Exploration.Shrinking;

/// <summary>
/// Leaves out of a list what is not needed: halves, quarters, and so on, down to single elements, until no single one can be left out (delta debugging: Zeller and
/// Hildebrandt, IEEE TSE 2002). From the end to the beginning: what came last depends on what came before, and not the other way round.
/// </summary>
internal static class DeltaDebugging
{
    /// <summary>Leaves out what can be left out.</summary>
    /// <param name="count">How many elements there are now.</param>
    /// <param name="tryWithout">
    /// Tries without the elements from the first number on, as many as the second one says. True when that is the list from now on; it may have lost
    /// others, too.
    /// </param>
    public static void Reduce(Func<int> count, Func<int, int, bool> tryWithout)
    {
        for (int size = count(); size > 0; size = size > 1 ? Math.Min((size + 1) / 2, Math.Max(1, count() / 2)) : 0)
        {
            bool any;
            do
            {
                any = false;
                for (int end = count(); end > 0; end = Math.Min(end - size, count()))
                {
                    int start = Math.Max(0, end - size);
                    any |= tryWithout(start, end - start);
                }
            }
            while (any && size == 1);
        }
    }
}
