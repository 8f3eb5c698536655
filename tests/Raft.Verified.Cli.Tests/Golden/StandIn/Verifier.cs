using System.Runtime.CompilerServices;
using Raft.Verified.Tests.Golden.StandIn;

namespace VerifyXunit;

/// <summary>
/// Stands in for the class of this name of Verify.Xunit where that package is not served. It has the one call that the golden tests
/// use; the files are the same. It must be called in the test method itself, in a file that is named as its class.
/// </summary>
internal static class Verifier
{
    /// <summary>Compares a text with the verified file of the test that calls.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">It differs, or there is no such file.</exception>
    public static Task Verify(string target, [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "")
    {
        GoldenFile.Beside(sourceFile, method).Check(target);
        return Task.CompletedTask;
    }
}
