"""Drives `dossier lsp` by the client of pygls: editor.py PROGRAM ROOT. Prints what it was told, and fails when it is not what it should be."""

import asyncio
import pathlib
import sys

from lsprotocol import types as lsp
from pygls.lsp.client import BaseLanguageClient


async def main(program, root):
    client = BaseLanguageClient("editor", "1")
    told = {}
    news = asyncio.Event()

    @client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def _(params):
        told[params.uri] = params
        news.set()

    @client.feature(lsp.CLIENT_REGISTER_CAPABILITY)
    def _(params):
        print("registered:", *[registration.method for registration in params.registrations])

    async def problems(uri, version):
        while uri not in told or told[uri].version != version:
            await news.wait()
            news.clear()
        return [problem.code for problem in told[uri].diagnostics]

    await client.start_io(program, "lsp")
    edits = lsp.WorkspaceEditClientCapabilities(
        document_changes=True, resource_operations=[lsp.ResourceOperationKind.Rename]
    )
    files = lsp.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
    workspace = lsp.WorkspaceClientCapabilities(workspace_edit=edits, did_change_watched_files=files)
    hello = lsp.InitializeParams(
        capabilities=lsp.ClientCapabilities(workspace=workspace),
        workspace_folders=[lsp.WorkspaceFolder(uri=root.as_uri(), name="dossier")],
    )
    server = await client.initialize_async(hello)
    assert server.server_info.name == "dossier", server
    client.initialized(lsp.InitializedParams())

    path = root / "content" / "people.toml"
    text, uri = path.read_text(), path.as_uri()
    document = lsp.TextDocumentIdentifier(uri=uri)
    item = lsp.TextDocumentItem(uri=uri, language_id="toml", version=1, text=text)
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(text_document=item))
    assert await problems(uri, 1) == []

    def change(version, *changes):
        versioned = lsp.VersionedTextDocumentIdentifier(uri=uri, version=version)
        params = lsp.DidChangeTextDocumentParams(text_document=versioned, content_changes=list(changes))
        client.text_document_did_change(params)

    start = lsp.Position(0, 0)
    broken = '[x]\nname = "X"\nborn = "19x"\nro\n'
    change(2, lsp.TextDocumentContentChangePartial(range=lsp.Range(start, start), text=broken))
    found = await problems(uri, 2)
    assert found[:2] == ["toml-syntax", "invalid-date"], found
    here = lsp.CompletionParams(text_document=document, position=lsp.Position(3, 2))
    offered = [item.label for item in (await client.text_document_completion_async(here)).items]
    assert "roles" in offered and "name" not in offered, offered
    change(3, lsp.TextDocumentContentChangeWholeDocument(text=text))
    assert await problems(uri, 3) == []

    symbols = await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(text_document=document))
    head = symbols[0].selection_range.start
    hover = await client.text_document_hover_async(lsp.HoverParams(text_document=document, position=head))
    assert symbols[0].name in hover.contents.value, hover
    definition = lsp.DefinitionParams(text_document=document, position=head)
    [place] = await client.text_document_definition_async(definition)
    assert place.range == symbols[0].selection_range, place
    context = lsp.ReferenceContext(include_declaration=False)
    named = lsp.ReferenceParams(text_document=document, position=head, context=context)
    places = await client.text_document_references_async(named)
    assert places
    rename = lsp.RenameParams(text_document=document, position=head, new_name="somebody-else")
    changed = (await client.text_document_rename_async(rename)).document_changes
    assert {type(one) for one in changed} <= {lsp.TextDocumentEdit, lsp.RenameFile}, changed
    print(f"symbols: {len(symbols)}, references: {len(places)}, changes: {len(changed)}")

    await client.shutdown_async(None)
    client.exit(None)
    await client._server.wait()
    assert client._server.returncode == 0, client._server.returncode


asyncio.run(asyncio.wait_for(main(sys.argv[1], pathlib.Path(sys.argv[2])), 60))
