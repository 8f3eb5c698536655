using System.Runtime.InteropServices;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// Asks the operating system for large pages. A table of many gigabytes is read at random places, and with small pages
/// each place costs a walk through the page tables.
/// </summary>
internal static unsafe partial class LargePages
{
    private const nuint PageBytes = 2 << 20;

    // The value of MADV_HUGEPAGE on Linux.
    private const int HugePage = 14;

    /// <summary>
    /// Asks for large pages in a region that has not been written yet. A system that has none leaves the region as it
    /// is, so the result of the call does not matter.
    /// </summary>
    /// <param name="memory">The start of the region.</param>
    /// <param name="bytes">The size of the region, in bytes.</param>
    public static void Advise(void* memory, nuint bytes)
    {
        nuint first = ((nuint)memory + PageBytes - 1) / PageBytes * PageBytes;
        nuint end = ((nuint)memory + bytes) / PageBytes * PageBytes;
        if (OperatingSystem.IsLinux() && end > first)
        {
            _ = Madvise((void*)first, end - first, HugePage);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Madvise(void* address, nuint length, int advice);
}
