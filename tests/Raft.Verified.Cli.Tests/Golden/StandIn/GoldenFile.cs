using System.Text;
using Xunit.Sdk;

namespace Raft.Verified.Tests.Golden.StandIn;

/// <summary>
/// The text that a test once gave and somebody found right, and beside it, when they differ, the text that it gives now. Only people make a
/// received file the verified one.
/// </summary>
internal sealed class GoldenFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string _verified;
    private readonly string _received;

    private GoldenFile(string pathWithoutEnding)
    {
        _verified = pathWithoutEnding + ".verified.txt";
        _received = pathWithoutEnding + ".received.txt";
    }

    /// <summary>The golden file of a test: <c>Type.Method.verified.txt</c> beside its source file, which is named as the type.</summary>
    /// <exception cref="XunitException">There is no such folder.</exception>
    public static GoldenFile Beside(string sourceFile, string method)
    {
        string folder = Path.GetDirectoryName(sourceFile) ?? "";
        if (!Directory.Exists(folder))
        {
            throw new XunitException(
                $"The folder of {sourceFile} is not there; golden files are read beside the sources that the tests were built from.");
        }

        return new GoldenFile(Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(sourceFile)}.{method}"));
    }

    /// <summary>
    /// Passes when the text is that of the verified file, and removes a received file of an earlier run; else writes the received file
    /// and fails. Line ends do not count, nor does one at the end of the verified file.
    /// </summary>
    /// <exception cref="XunitException">The text differs, or there is no verified file.</exception>
    public void Check(string text)
    {
        string received = text.ReplaceLineEndings("\n");
        if (!File.Exists(_verified))
        {
            throw Failure(received, "There is no verified file for this text yet.", LineDifference.Of("", received));
        }

        string verified = File.ReadAllText(_verified).ReplaceLineEndings("\n");
        if (verified != received && verified != received + "\n")
        {
            throw Failure(received, "The text is not that of the verified file.", LineDifference.Of(verified, received));
        }

        File.Delete(_received);
    }

    private XunitException Failure(string received, string what, string difference)
    {
        File.WriteAllText(_received, received, Utf8);
        return new XunitException(
            $"""
            {what}
              - verified: {_verified}
              + received: {_received}

            {difference}

            If what was received is right, rename the received file to the verified one.
            """.ReplaceLineEndings("\n"));
    }
}
