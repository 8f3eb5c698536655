namespace Raft.Verified.Exploration.Shrinking;

/// <summary>
/// The minimization of a list by leaving out elements: halves, quarters, and so on, until no single element can be left
/// out (delta debugging: Zeller and Hildebrandt, IEEE TSE 2002). It goes from the end to the beginning, because later
/// elements depend on earlier ones and not vice versa.
/// </summary>
internal static class DeltaDebugging
{
    /// <summary>Leaves out all elements that are not needed.</summary>
    /// <param name="count">A function that returns the current number of elements.</param>
    /// <param name="tryWithout">
    /// A function that tries the list without some elements: the first argument is the position of the first, the
    /// second their number. Returns true when that is the list from now on; the list may then have lost other elements,
    /// too.
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
