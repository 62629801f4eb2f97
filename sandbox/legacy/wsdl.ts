/** The service's own description: document/literal, SOAP 1.1, and everything a string, as its makers found safest. */
import { type Kind, kinds } from './records.ts'

export const NAMESPACE = 'http://legacy-cms.invalid/caseservice'

/** What each operation takes. What it gives is one record, a list of them, or the id of what was made. */
export const operations = {
  GetCase: { takes: ['CaseId'], gives: 'one', of: 'case' },
  GetParty: { takes: ['PartyId'], gives: 'one', of: 'party' },
  ListCasesChangedSince: { takes: ['Since', 'StartRow', 'MaxRows'], gives: 'list', of: 'case' },
  ListAppointments: { takes: ['FromDate', 'ToDate', 'CaseId'], gives: 'list', of: 'appointment' },
  ListDocuments: { takes: ['CaseId'], gives: 'list', of: 'document' },
  ListInvoices: { takes: ['CaseId'], gives: 'list', of: 'invoice' },
  ListNotes: { takes: ['CaseId'], gives: 'list', of: 'note' },
  AddNote: { takes: ['CaseId', 'NoteText'], gives: 'id', of: 'note' },
} as const
export type Operation = keyof typeof operations

const text = (name: string): string =>
  `<s:element minOccurs="0" maxOccurs="1" name="${name}" type="s:string"/>`
const sequence = (inner: string): string => `<s:complexType><s:sequence>${inner}</s:sequence></s:complexType>`

function types(): string {
  const parts: string[] = []
  for (const { element, fields } of Object.values(kinds) as Kind[]) {
    const all = fields.map(text).join('')
    parts.push(`<s:complexType name="${element}"><s:sequence>${all}</s:sequence></s:complexType>`)
    const many = `<s:element minOccurs="0" maxOccurs="unbounded" name="${element}" type="tns:${element}"/>`
    parts.push(`<s:complexType name="ArrayOf${element}"><s:sequence>${many}</s:sequence></s:complexType>`)
  }
  for (const [name, { takes, gives, of }] of Object.entries(operations)) {
    const { element } = kinds[of]
    const type = gives === 'id' ? 's:string' : gives === 'one' ? `tns:${element}` : `tns:ArrayOf${element}`
    parts.push(`<s:element name="${name}">${sequence(takes.map(text).join(''))}</s:element>`)
    const result = `<s:element minOccurs="0" maxOccurs="1" name="${name}Result" type="${type}"/>`
    parts.push(`<s:element name="${name}Response">${sequence(result)}</s:element>`)
  }
  parts.push(`<s:element name="AuthHeader">${sequence(text('ApiKey'))}</s:element>`)
  return parts.join('')
}

/** @param address where the service says it is reached */
export function wsdl(address: string): string {
  const names = Object.keys(operations)
  const each = (make: (name: string) => string): string => names.map(make).join('')
  return `<?xml version="1.0" encoding="utf-8"?>
<wsdl:definitions xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:tns="${NAMESPACE}" xmlns:s="http://www.w3.org/2001/XMLSchema" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" targetNamespace="${NAMESPACE}">
<wsdl:types><s:schema elementFormDefault="qualified" targetNamespace="${NAMESPACE}">${types()}</s:schema></wsdl:types>
<wsdl:message name="AuthHeader"><wsdl:part name="AuthHeader" element="tns:AuthHeader"/></wsdl:message>
${each((name) => `<wsdl:message name="${name}SoapIn"><wsdl:part name="parameters" element="tns:${name}"/></wsdl:message><wsdl:message name="${name}SoapOut"><wsdl:part name="parameters" element="tns:${name}Response"/></wsdl:message>`)}
<wsdl:portType name="CaseServiceSoap">${each((name) => `<wsdl:operation name="${name}"><wsdl:input message="tns:${name}SoapIn"/><wsdl:output message="tns:${name}SoapOut"/></wsdl:operation>`)}</wsdl:portType>
<wsdl:binding name="CaseServiceSoap" type="tns:CaseServiceSoap"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>${each((name) => `<wsdl:operation name="${name}"><soap:operation soapAction="${NAMESPACE}/${name}" style="document"/><wsdl:input><soap:body use="literal"/><soap:header message="tns:AuthHeader" part="AuthHeader" use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation>`)}</wsdl:binding>
<wsdl:service name="CaseService"><wsdl:port name="CaseServiceSoap" binding="tns:CaseServiceSoap"><soap:address location="${address}"/></wsdl:port></wsdl:service>
</wsdl:definitions>`
}
